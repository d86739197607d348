import { lanczosResize, type Rgb8 } from '../image/index.ts'
import type { Size } from '../networks/index.ts'

/** A picture stretched to `size` as DD does it (Pillow's Lanczos, aspect not kept): [3, H, W] in -1 .. 1. */
export function initImage({ rgb, size: from }: Rgb8, size: Size): Float32Array {
  return toSigned(lanczosResize(rgb, from, size))
}

/** Interleaved 8-bit RGB to [3, H, W] in -1 .. 1, each step rounded as torch rounds it (`to_tensor().mul(2).sub(1)`). */
export function toSigned(rgb: Uint8Array): Float32Array {
  const area = rgb.length / 3
  const levels = Float32Array.from({ length: 256 }, (_, level) => Math.fround(level / 255) * 2 - 1)
  const out = new Float32Array(rgb.length)

  for (let p = 0; p < area; p++) {
    for (let c = 0; c < 3; c++) out[c * area + p] = levels[rgb[3 * p + c]!]!
  }

  return out
}
