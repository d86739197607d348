import { TeststripError } from '#study'

/**
 * A dimension: a number, or a symbol known only at run time ('cuts'), possibly with a factor ('17*cuts').
 * Symbols let one session serve every number of cuts; everything else is static.
 */
export type Dim = number | string
export type Shape = readonly Dim[]

interface Factored {
  count: number
  symbol: string | null
}

function factor(dim: Dim): Factored {
  if (typeof dim === 'number') return { count: dim, symbol: null }
  const star = dim.indexOf('*')

  return star < 0
    ? { count: 1, symbol: dim }
    : { count: Number(dim.slice(0, star)), symbol: dim.slice(star + 1) }
}

/** Product of dimensions, of which at most one may be symbolic. */
export function product(dims: Shape): Dim {
  let count = 1
  let symbol: string | null = null
  for (const dim of dims) {
    const part = factor(dim)
    if (part.symbol !== null && symbol !== null)
      throw new TeststripError('internal', `two symbols in one product: ${dims.join('×')}`)
    count *= part.count
    symbol ??= part.symbol
  }
  if (symbol === null) return count

  return count === 1 ? symbol : `${count}*${symbol}`
}

/** A dimension when its symbol has a value. */
export function sized(dim: Dim, symbols: Readonly<Record<string, number>>): number {
  const { count, symbol } = factor(dim)
  if (symbol === null) return count
  const value = symbols[symbol]
  if (value === undefined) throw new TeststripError('internal', `${symbol} has no value`)

  return count * value
}

/** A dimension that must be a plain number. */
export function known(dim: Dim | undefined): number {
  if (typeof dim !== 'number')
    throw new TeststripError('internal', `a static dimension was needed, not ${dim}`)

  return dim
}

/** The shape two operands broadcast to (NumPy's rule). */
export function broadcast(a: Shape, b: Shape): Shape {
  const rank = Math.max(a.length, b.length)

  return Array.from({ length: rank }, (_, axis) => {
    const left = a[axis - rank + a.length] ?? 1
    const right = b[axis - rank + b.length] ?? 1
    if (left === right || right === 1) return left
    if (left === 1) return right
    throw new TeststripError('internal', `shapes [${a.join(', ')}] and [${b.join(', ')}] do not broadcast`)
  })
}

export function sameShape(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((dim, axis) => dim === b[axis])
}

/** Dimensions as an ONNX shape tensor: a symbol (at most one) becomes −1, "whatever is left". */
export function shapeTensor(shape: Shape): BigInt64Array {
  return BigInt64Array.from(shape, (dim) => (typeof dim === 'number' ? BigInt(dim) : -1n))
}
