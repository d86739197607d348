/** Larger pictures are not opened by common viewers, and their file no longer fits into one piece of memory here. */
const mostPixels = 1_500_000_000
const longestSide = 300_000

/** Why a sheet of that size is not printed as PNG, in one sentence that says what to do; null when it is. */
export function sheetProblem({ width, height }: { width: number; height: number }): string | null {
  if (width <= longestSide && height <= longestSide && width * height <= mostPixels) return null
  const share = Math.min(Math.sqrt(mostPixels / (width * height)), longestSide / width, longestSide / height)

  return `The sheet would be ${width} × ${height} pixels, more than one PNG of ours holds (${mostPixels / 1e6} megapixels, ${longestSide} on a side); print its cells at ${Math.floor(share * 100)} % of their width or less, or put an axis on the slider.`
}
