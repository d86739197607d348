/** Stretches one 8-bit plane so that its darkest level becomes 0 and its brightest 255 (Pillow's `autocontrast`). */
export function autocontrast(plane: Uint8Array): Uint8Array {
  const low = plane.reduce((least, level) => Math.min(least, level), 255)
  const high = plane.reduce((most, level) => Math.max(most, level), 0)

  if (high <= low) return plane

  const scale = 255 / (high - low)

  return plane.map((level) => Math.min(Math.max(Math.trunc(level * scale - low * scale), 0), 255))
}
