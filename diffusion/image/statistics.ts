export interface PictureStatistics {
  /** mean Rec. 709 luma of the display values, 0..1 */
  luminance: number
  /** standard deviation of that luma */
  contrast: number
  /** mean of (max - min) / max over the channels, 0..1 */
  saturation: number
}

/** Plain figures of a picture given as interleaved 8-bit RGB. */
export function pictureStatistics(rgb: Uint8Array): PictureStatistics {
  const count = rgb.length / 3
  let sum = 0
  let squares = 0
  let saturation = 0

  for (let at = 0; at < rgb.length; at += 3) {
    const [r, g, b] = [rgb[at]! / 255, rgb[at + 1]! / 255, rgb[at + 2]! / 255]
    const luma = 0.2126 * r + 0.7152 * g + 0.0722 * b
    const high = Math.max(r, g, b)
    sum += luma
    squares += luma * luma
    saturation += high === 0 ? 0 : (high - Math.min(r, g, b)) / high
  }

  const luminance = sum / count

  return {
    luminance,
    contrast: Math.sqrt(Math.max(squares / count - luminance * luminance, 0)),
    saturation: saturation / count,
  }
}
