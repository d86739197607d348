/** How two pictures of equal size differ. */
export interface Difference {
  /** [height, width, 4]: `|a − b| · gain`, channel by channel, opaque. */
  pixels: Uint8ClampedArray<ArrayBuffer>
  /** Mean of |a − b| over all pixels and channels, in levels of 255. */
  mean: number
}

/** `a` and `b` are RGBA of one size. */
export function differencePixels(a: Uint8ClampedArray, b: Uint8ClampedArray, gain: number): Difference {
  const pixels = new Uint8ClampedArray(a.length)
  let sum = 0
  for (let at = 0; at < a.length; at += 4) {
    for (let channel = at; channel < at + 3; channel++) {
      const apart = Math.abs(a[channel]! - b[channel]!)
      sum += apart
      pixels[channel] = apart * gain
    }
    pixels[at + 3] = 255
  }

  return { pixels, mean: a.length === 0 ? 0 : sum / ((a.length / 4) * 3) }
}
