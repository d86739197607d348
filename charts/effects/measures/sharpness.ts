import { mirrored, spread } from './picture-pixels.ts'

/** Variance of the four-neighbour Laplacian of luma in grey levels (0 .. 255), mirrored at the edges. */
export function sharpness(luma: Float64Array, width: number, height: number): number {
  const at = (x: number, y: number) => luma[mirrored(y, height) * width + mirrored(x, width)]!
  const laplacian = spread(luma.length, (k) => {
    const [x, y] = [k % width, Math.floor(k / width)]

    return 255 * (at(x - 1, y) + at(x + 1, y) + at(x, y - 1) + at(x, y + 1) - 4 * luma[k]!)
  })

  return laplacian.deviation ** 2
}
