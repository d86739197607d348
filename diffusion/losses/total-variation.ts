/**
 * tv loss of x [3, H, W]: mean of the squared steps to the right and downwards (none past the border).
 * Adds scale · gradient to `into` and returns the unscaled loss.
 */
export function totalVariation(
  x: Float32Array,
  [width, height]: readonly [number, number],
  scale: number,
  into: Float32Array,
): number {
  const factor = (2 * scale) / x.length
  let sum = 0

  for (let plane = 0; plane < x.length; plane += width * height) {
    for (let row = 0; row < height; row++) {
      for (let column = 0; column < width; column++) {
        const at = plane + row * width + column

        if (column + 1 < width) sum += step(x, into, at, at + 1, factor)
        if (row + 1 < height) sum += step(x, into, at, at + width, factor)
      }
    }
  }

  return sum / x.length
}

function step(x: Float32Array, into: Float32Array, from: number, to: number, factor: number): number {
  const difference = x[to]! - x[from]!
  into[to]! += factor * difference
  into[from]! -= factor * difference

  return difference * difference
}
