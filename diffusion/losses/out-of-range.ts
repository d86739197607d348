/**
 * sat loss of x: mean distance to -1 .. 1. Adds scale · gradient to `into` and returns the unscaled loss.
 */
export function saturationLoss(x: Float32Array, scale: number, into: Float32Array): number {
  let sum = 0

  for (let i = 0; i < x.length; i++) {
    const excess = beyond(x[i]!)
    sum += Math.abs(excess)
    into[i]! += (scale * Math.sign(excess)) / x.length
  }

  return sum / x.length
}

/**
 * range loss of x: mean squared distance to -1 .. 1. Adds scale · gradient to `into` and returns the unscaled loss.
 * In Disco Diffusion it hangs on the estimate and never reaches the gradient; `corrected` applies it to x_in.
 */
export function rangeLoss(x: Float32Array, scale: number, into: Float32Array): number {
  let sum = 0

  for (let i = 0; i < x.length; i++) {
    const excess = beyond(x[i]!)
    sum += excess * excess
    into[i]! += (2 * scale * excess) / x.length
  }

  return sum / x.length
}

function beyond(value: number): number {
  return value - Math.min(Math.max(value, -1), 1)
}
