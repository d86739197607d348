import { readFileSync } from 'node:fs'

/** Test vectors made with the reference functions (torch 1.13, torchvision 0.14). */
export const golden = JSON.parse(readFileSync(new URL('./golden.json', import.meta.url), 'utf8'))

/** The picture all vectors start from: [3, 64, 96], 0..1. */
export function goldenImage(height = 64, width = 96): Float32Array {
  const image = new Float32Array(3 * height * width)

  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = y * width + x
      image[at] = 0.5 + 0.5 * Math.sin(0.13 * x + 0.07 * y)
      image[height * width + at] = 0.5 + 0.5 * Math.cos(0.05 * x - 0.11 * y)
      image[2 * height * width + at] = (x + y) / (height + width)
    }
  }

  return image
}

/** Largest difference between values at sampled flat indices and what was recorded there. */
export function sampleError(data: ArrayLike<number>, sample: { idx: number[]; val: number[] }): number {
  return Math.max(...sample.idx.map((at, i) => Math.abs(data[at]! - sample.val[i]!)))
}
