import { clipNames, TeststripError } from '#study'
import { layouts } from './layouts.ts'
import type { LooseFile } from './loose-files.ts'
import { type ClipEntry, type PackManifest, packManifest } from './schema.ts'

/** CLIPs that Disco Diffusion switches on by default. */
const usualClips: readonly string[] = ['ViTB32', 'ViTB16', 'RN50']

/**
 * The pack.json that a denoiser without one would have: it takes every CLIP, the secondary model and LPIPS that lie
 * in the same folder.
 */
export function assembleManifest(denoiser: LooseFile, beside: readonly LooseFile[]): PackManifest {
  if (denoiser.role?.part !== 'denoiser')
    throw new TeststripError('pack_invalid', `${denoiser.file}: this is no denoiser, so it makes no pack.`)
  const first = (part: string) => beside.find(({ role }) => role?.part === part)?.file
  const { layout, cuts } = denoiser.role
  const clip = clipEntries(beside)
  if (clip.length === 0)
    throw new TeststripError(
      'pack_invalid',
      `${denoiser.file}: no CLIP lies beside it; put at least one into the same folder, such as ViT-B-32.pt.`,
      { path: denoiser.path },
    )
  const [secondary, vgg16, taps] = [first('secondary'), first('vgg16'), first('taps')]
  const { image_size: side } = layouts[layout]

  return packManifest.parse({
    name: denoiser.name,
    title: denoiser.name,
    native_size: [side, side],
    defaults: {
      diffusion_model: denoiser.name,
      width_height: side === 512 ? [1280, 768] : [512, 448],
      use_secondary_model: secondary !== undefined,
      ...usedClips(clip),
      ...(cuts && cutSchedules[cuts]),
    },
    denoiser: { file: denoiser.file, architecture: 'guided-diffusion', config: layouts[layout] },
    ...(secondary && { secondary: { file: secondary, architecture: 'secondary-diffusion-2' } }),
    clip,
    ...(vgg16 && taps && { lpips: { file: vgg16, taps: { file: taps }, architecture: 'lpips-vgg16' } }),
  })
}

/** One entry per switch, in the order in which Disco Diffusion uses them. */
function clipEntries(files: readonly LooseFile[]): object[] & { name: ClipEntry['name'] }[] {
  const entries = files.flatMap(({ role, file }) =>
    role?.part === 'clip'
      ? role.answers.map((answer) => ({ ...answer, file, architecture: 'openai-clip' }))
      : [],
  )

  return clipNames.flatMap((name) => entries.find((entry) => entry.name === name) ?? [])
}

/** Disco Diffusion's own choice as far as it lies there, else the first one; every switch is set. */
function usedClips(held: readonly { name: string }[]): Record<string, boolean> {
  const usual = held.filter(({ name }) => usualClips.includes(name))
  const used = new Set((usual.length > 0 ? usual : held.slice(0, 1)).map(({ name }) => name))

  return Object.fromEntries(clipNames.map((name) => [name, used.has(name)]))
}

const finePower = '[12]*500+[10]*500'

/** The cut schedules that Disco Diffusion 5.5 and later put in place for KaliYuga's models. */
const cutSchedules = {
  'pixel-art': {
    cut_overview: '[15]*200+[12]*200+[6]*100+[4]*100+[2]*200+[0]*200',
    cut_innercut: '[1]*200+[4]*200+[8]*200+[10]*400',
    cut_ic_pow: finePower,
    cut_icgray_p:
      '[0.87]*100+[0.78]*50+[0.73]*50+[0.64]*60+[0.56]*40+[0.50]*50+[0.33]*100+[0.19]*150+[0]*400',
  },
  watercolor: {
    cut_overview: '[14]*200+[12]*200+[4]*400+[0]*200',
    cut_innercut: '[2]*200+[4]*200+[12]*600',
    cut_ic_pow: finePower,
    cut_icgray_p: '[0.7]*100+[0.6]*100+[0.45]*100+[0.3]*100+[0]*600',
  },
}
