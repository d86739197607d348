import sharp from 'sharp'
import { mostPicturePixels, TeststripError } from '#study'
import type { Pack } from '../pack/pack.ts'
import type { Size } from './index.ts'
import { lpipsMultiple } from './lpips.ts'
import { openLpips } from './open-lpips.ts'

/** How far apart finished pictures look, by a pack's LPIPS network. */
export interface Distance {
  /** LPIPS of two picture files: 0 for equal ones, about 1 for such as have nothing in common. */
  between(reference: Uint8Array, picture: Uint8Array): Promise<number>
  release(): Promise<void>
}

/** Longer side at which pictures are compared, pixels: VGG16 takes half a second there, and 1 GB. */
const mostSide = 512

/** Opens the LPIPS network of a pack on the processor. Equal pictures give equal bits. */
export function openDistance(pack: Pack, { threads }: { threads: number }): Distance {
  if (!pack.lpips)
    throw new TeststripError('pack_invalid', `The pack ${pack.manifest.name} has no LPIPS network.`, {
      pack: pack.manifest.name,
    })
  const network = openLpips(pack.lpips.weights, { threads, device: 'cpu' })

  return {
    async between(reference, picture) {
      const { width, height } = await read(reference).metadata()
      const size = comparedSize([width, height])
      const [known, x] = await Promise.all([pixels(reference, size), pixels(picture, size)])

      return network.measure(x, known, size)
    },
    release: () => network.release(),
  }
}

const read = (bytes: Uint8Array) => sharp(bytes, { limitInputPixels: mostPicturePixels, ignoreIcc: true })

/** The reference's own size, as far as it is small enough, in steps of the network. */
function comparedSize([width, height]: Size): Size {
  const scale = Math.min(1, mostSide / Math.max(width, height))
  const side = (pixels: number) =>
    Math.max(lpipsMultiple, Math.round((pixels * scale) / lpipsMultiple) * lpipsMultiple)

  return [side(width), side(height)]
}

/** [3, H, W] in −1 .. 1, resampled by Lanczos where the picture has another size. */
async function pixels(bytes: Uint8Array, [width, height]: Size): Promise<Float32Array> {
  const rgb = await read(bytes)
    .resize(width, height, { fit: 'fill', kernel: 'lanczos3' })
    .toColourspace('srgb')
    .removeAlpha()
    .raw({ depth: 'uchar' })
    .toBuffer()
  const area = width * height

  return Float32Array.from(
    { length: 3 * area },
    (_, k) => rgb[3 * (k % area) + Math.floor(k / area)]! / 127.5 - 1,
  )
}
