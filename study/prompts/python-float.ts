// Python's float(): sign, digits that may hold single underscores, exponent, inf and nan.
const digits = /^[+-]?(?:(?:\d+(?:_\d+)*)(?:\.(?:\d+(?:_\d+)*)?)?|\.\d+(?:_\d+)*)(?:e[+-]?\d+(?:_\d+)*)?$/i
const special = /^([+-]?)(inf|infinity|nan)$/i

/** The number that Python's `float()` reads from a text, or null where it raises. */
export function pythonFloat(text: string): number | null {
  const bare = text.trim()
  if (digits.test(bare)) return Number(bare.replaceAll('_', ''))

  const word = special.exec(bare)
  if (!word) return null
  if (word[2]!.toLowerCase() === 'nan') return Number.NaN

  return word[1] === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY
}
