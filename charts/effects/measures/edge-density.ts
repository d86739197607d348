import { mirrored } from './picture-pixels.ts'

/** A step of a tenth of the whole range across an edge counts as one. */
const edgeAt = 0.1

/**
 * Share of pixels on an edge, 0 .. 1: Sobel's gradient of luma, smoothed by [1 2 1] / 4 and scaled by 1 / √2 so that
 * its length is at most 1 for a step from black to white along an axis, is above a tenth. Mirrored at the edges.
 */
export function edgeDensity(luma: Float64Array, width: number, height: number): number {
  let edges = 0
  for (let y = 0; y < height; y++) {
    const [above, below] = [mirrored(y - 1, height) * width, mirrored(y + 1, height) * width]
    for (let x = 0; x < width; x++) {
      const [left, right] = [mirrored(x - 1, width), mirrored(x + 1, width)]
      const [a, b, c] = [luma[above + left]!, luma[above + x]!, luma[above + right]!]
      const [d, e] = [luma[y * width + left]!, luma[y * width + right]!]
      const [f, g, h] = [luma[below + left]!, luma[below + x]!, luma[below + right]!]
      const across = (c + 2 * e + h - a - 2 * d - f) / 4
      const down = (f + 2 * g + h - a - 2 * b - c) / 4
      if (across * across + down * down > 2 * edgeAt * edgeAt) edges++
    }
  }

  return edges / luma.length
}
