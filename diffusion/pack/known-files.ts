import type { Layout } from './layouts.ts'
import type { ClipEntry } from './schema.ts'

/** What a published file is in a pack. */
export type Role =
  | { part: 'denoiser'; layout: Layout; cuts?: 'pixel-art' | 'watercolor' }
  | { part: 'secondary' }
  /** One file may answer to several switches, read with different activations. */
  | { part: 'clip'; answers: readonly Pick<ClipEntry, 'name' | 'activation'>[] }
  /** The two halves of LPIPS: VGG16 without its classifier, and the weights of its taps. */
  | { part: 'vgg16' }
  | { part: 'taps' }

export interface KnownFile {
  /** Disco Diffusion's name of the model, or ours where it has none. */
  name: string
  /** Name it is published under. */
  file: string
  sha256: string
  role: Role
}

const denoiser = (
  name: string,
  layout: Layout,
  sha256: string,
  { file = `${name}.pt`, cuts }: { file?: string; cuts?: 'pixel-art' | 'watercolor' } = {},
): KnownFile => ({ name, file, sha256, role: { part: 'denoiser', layout, ...(cuts && { cuts }) } })

const clip = (name: ClipEntry['name'], file: string, sha256: string): KnownFile => ({
  name,
  file,
  sha256,
  role: { part: 'clip', answers: [{ name, activation: 'quick_gelu' }] },
})

/** OpenCLIP files: switches that read them with exact GELU, and with QuickGELU. */
const openClip = (
  file: string,
  sha256: string,
  { gelu, quick }: { gelu: ClipEntry['name']; quick?: ClipEntry['name'] },
): KnownFile => ({
  name: quick ?? gelu,
  file,
  sha256,
  role: {
    part: 'clip',
    answers: [
      { name: gelu, activation: 'gelu' },
      ...(quick ? [{ name: quick, activation: 'quick_gelu' } as const] : []),
    ],
  },
})

const pixelArt = { cuts: 'pixel-art' } as const
const watercolor = { cuts: 'watercolor' } as const

/**
 * The files that Disco Diffusion 5.2 to 5.7 downloads, known by their SHA-256. The hashes are those that Disco
 * Diffusion, OpenAI, OpenCLIP, PyTorch and LPIPS publish with the files.
 */
export const knownFiles: readonly KnownFile[] = [
  denoiser(
    '512x512_diffusion_uncond_finetune_008100',
    '512x512',
    '9c111ab89e214862b76e1fa6a1b3f1d329b1a88281885943d2cdbe357ad57648',
  ),
  denoiser(
    '256x256_diffusion_uncond',
    '256x256',
    'a37c32fffd316cd494cf3f35b339936debdc1576dad13fe57c42399a5dbc78b1',
  ),
  denoiser(
    'portrait_generator_v001',
    'portrait',
    'b7e8c747af880d4480b6707006f1ace000b058dd0eac5bb13558ba3752d9b5b9',
    { file: 'portrait_generator_v001_ema_0.9999_1MM.pt' },
  ),
  denoiser(
    'pixelartdiffusion_expanded',
    'kaliyuga',
    'a73b40556634034bf43b5a716b531b46fb1ab890634d854f5bcbbef56838739a',
    { file: 'PADexpanded.pt', ...pixelArt },
  ),
  denoiser(
    'pixel_art_diffusion_hard_256',
    'kaliyuga',
    'be4a9de943ec06eef32c65a1008c60ad017723a4d35dc13169c66bb322234161',
    pixelArt,
  ),
  denoiser(
    'pixel_art_diffusion_soft_256',
    'kaliyuga',
    'd321590e46b679bf6def1f1914b47c89e762c76f19ab3e3392c8ca07c791039c',
    pixelArt,
  ),
  denoiser(
    'pixelartdiffusion4k',
    'kaliyuga',
    'a1ba4f13f6dabb72b1064f15d8ae504d98d6192ad343572cc416deda7cccac30',
    pixelArt,
  ),
  denoiser(
    'watercolordiffusion_2',
    'kaliyuga',
    '49c281b6092c61c49b0f1f8da93af9b94be7e0c20c71e662e2aa26fee0e4b1a9',
    watercolor,
  ),
  denoiser(
    'watercolordiffusion',
    'kaliyuga',
    'a3e6522f0c8f278f90788298d66383b11ac763dd5e0d62f8252c962c23950bd6',
    watercolor,
  ),
  denoiser(
    'PulpSciFiDiffusion',
    'kaliyuga',
    'b79e62613b9f50b8a3173e5f61f0320c7dbb16efad42a92ec94d014f6e17337f',
    pixelArt,
  ),
  {
    name: 'secondary_model_imagenet_2',
    file: 'secondary_model_imagenet_2.pth',
    sha256: '983e3de6f95c88c81b2ca7ebb2c217933be1973b1ff058776b970f901584613a',
    role: { part: 'secondary' },
  },
  {
    name: 'vgg16',
    file: 'vgg16-397923af.pth',
    sha256: '397923af8e79cdbb6a7127f12361acd7a2f83e06b05044ddf496e83de57a5bf0',
    role: { part: 'vgg16' },
  },
  {
    name: 'lpips',
    file: 'vgg.pth',
    sha256: 'a78928a0af1e5f0fcb1f3b9e8f8c3a2a5a3de244d830ad5c1feddc79b8432868',
    role: { part: 'taps' },
  },
  clip('ViTB32', 'ViT-B-32.pt', '40d365715913c9da98579312b702a82c18be219cc2a73407c4526f58eba950af'),
  clip('ViTB16', 'ViT-B-16.pt', '5806e77cd80f8b59890b7e101eabd078d9fb84e6937f9e85e4ecb61988df416f'),
  clip('ViTL14', 'ViT-L-14.pt', 'b8cca3fd41ae0c99ba7e8951adf17d267cdb84cd88be6f7c2e0eca1737a03836'),
  clip(
    'ViTL14_336px',
    'ViT-L-14-336px.pt',
    '3035c92b350959924f9f00213499208652fc7ea050643e8b385c2dac08641f02',
  ),
  clip('RN50', 'RN50.pt', 'afeb0e10f9e5a86da6080e35cf09123aca3b358a0c3e3b6c78a7b63bc04b6762'),
  clip('RN50x4', 'RN50x4.pt', '7e526bd135e493cef0776de27d5f42653e6b4c8bf9e0f653bb11773263205fdd'),
  clip('RN50x16', 'RN50x16.pt', '52378b407f34354e150460fe41077663dd5b39c54cd0bfd2b27167a4a06ec9aa'),
  clip('RN50x64', 'RN50x64.pt', 'be1cfb55d75a9666199fb2206c106743da0f6468c9d327f3e0d0a543a9919d9c'),
  clip('RN101', 'RN101.pt', '8fa8567bab74a42d41c5915025a8e4538c3bdbe8804a470a72f30b0d94fab599'),
  openClip(
    'vit_b_32-laion2b_e16-af8dbd0c.pth',
    'af8dbd0c4bf1654db018a2a70fd839c3a6e79d2fdac33303f06d0d8aae16a65c',
    { gelu: 'ViTB32_laion2b_e16' },
  ),
  openClip(
    'vit_b_32-quickgelu-laion400m_e31-d867053b.pt',
    'd867053b2301634007ed9af230bfb1a217ec634f6c0329f04092133ae5c4b89e',
    { gelu: 'ViTB32_laion400m_e31', quick: 'ViTB32quickgelu_laion400m_e31' },
  ),
  openClip(
    'vit_b_32-quickgelu-laion400m_e32-46683a32.pt',
    '46683a32721d5c68911153698992361285d20ca690bb4f317c11e45c03d798fa',
    { gelu: 'ViTB32_laion400m_32', quick: 'ViTB32quickgelu_laion400m_e32' },
  ),
  openClip(
    'vit_b_16-laion400m_e31-00efa78f.pt',
    '00efa78fe761eb607926704cfee46a4305ce2bf63af6ab50f1eeba2ef71da988',
    { gelu: 'ViTB16_laion400m_e31' },
  ),
  openClip(
    'vit_b_16-laion400m_e32-55e67d44.pt',
    '55e67d44b44d9e39aaf299a5c616aaf10a655879d6bd5854027b4a254aa2e7d5',
    { gelu: 'ViTB16_laion400m_e32' },
  ),
  openClip(
    'rn50-quickgelu-yfcc15m-455df137.pt',
    '455df13750cec2d6bb5e578fa84fb59a63d40e9fdbae58e7e7155672e46dc578',
    { gelu: 'RN50_yffcc15m', quick: 'RN50_quickgelu_yfcc15m' },
  ),
  openClip(
    'rn50-quickgelu-cc12m-f000538c.pt',
    'f000538c6c3c33c07e4fad5619f1b3d4cd591864dd3143778896112d1bf4fa7d',
    { gelu: 'RN50_cc12m', quick: 'RN50_quickgelu_cc12m' },
  ),
  openClip(
    'rn101-quickgelu-yfcc15m-3e04b30e.pt',
    '3e04b30eb7070e69b78db2c33f12a48cfa1f697691ed198d61fb2abbb48db5a3',
    { gelu: 'RN101_yfcc15m', quick: 'RN101_quickgelu_yfcc15m' },
  ),
]

/** The known file of a model's name, of a CLIP switch, or of a file name. */
export function knownFile(name: string, known: readonly KnownFile[] = knownFiles): KnownFile | undefined {
  return known.find(
    ({ name: model, file, role }) =>
      model === name ||
      file === name ||
      (role.part === 'clip' && role.answers.some((answer) => answer.name === name)),
  )
}
