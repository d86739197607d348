/** [3, H, W] in -1 .. 1 to interleaved 8-bit RGB, clamped and truncated (0.999 becomes 254) as DD saves pictures. */
export function toRgb8(picture: Float32Array): Uint8Array {
  const area = picture.length / 3
  const out = new Uint8Array(picture.length)

  for (let p = 0; p < area; p++) {
    for (let c = 0; c < 3; c++) {
      const share = Math.fround(Math.fround(picture[c * area + p]! + 1) / 2)
      out[3 * p + c] = Math.trunc(Math.fround(Math.min(Math.max(share, 0), 1) * 255))
    }
  }

  return out
}

/** Interleaved 8-bit RGB to [3, H, W] in 0 .. 1. */
export function fromRgb8(rgb: Uint8Array): Float32Array {
  const area = rgb.length / 3
  const out = new Float32Array(rgb.length)

  for (let p = 0; p < area; p++) {
    for (let c = 0; c < 3; c++) out[c * area + p] = rgb[3 * p + c]! / 255
  }

  return out
}
