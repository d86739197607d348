/** Longest code of DEFLATE. */
const longest = 15

/** Lengths of a Huffman code for symbols that occur so often; 0 for those that never do (RFC 1951 §3.2.7). */
export function codeLengths(counts: Uint32Array): Uint8Array {
  for (let flat = counts; ; flat = flat.map((count) => count && (count >>> 1) + 1)) {
    const lengths = huffman(flat)
    if (Math.max(...lengths) <= longest) return lengths
  }
}

function huffman(counts: Uint32Array): Uint8Array {
  const symbols = [...counts.keys()].filter((symbol) => counts[symbol]! > 0)
  symbols.sort((a, b) => counts[a]! - counts[b]! || a - b)
  // Leaves in order of weight, and behind them the inner nodes, which come in that order by themselves.
  const weights = symbols.map((symbol) => counts[symbol]!)
  const parents: number[] = []
  const leaves = symbols.length
  let leaf = 0
  let inner = leaves
  const lightest = () =>
    leaf < leaves && (inner >= weights.length || weights[leaf]! <= weights[inner]!) ? leaf++ : inner++
  while (weights.length < 2 * leaves - 1) {
    const [one, two] = [lightest(), lightest()]
    parents[one] = weights.length
    parents[two] = weights.length
    weights.push(weights[one]! + weights[two]!)
  }

  const depths = new Uint8Array(weights.length)
  for (let node = weights.length - 2; node >= 0; node--) depths[node] = depths[parents[node]!]! + 1
  const lengths = new Uint8Array(counts.length)
  for (const [i, symbol] of symbols.entries()) lengths[symbol] = depths[i]!

  return lengths
}

/** The codes of such lengths, their first bit lowest as DEFLATE packs them (RFC 1951 §3.2.2). */
export function codesOf(lengths: Uint8Array): Uint16Array {
  const next = new Uint16Array(longest + 2)
  for (const length of lengths) if (length > 0) next[length + 1]! += 1
  for (let length = 1; length <= longest; length++)
    next[length] = length === 1 ? 0 : (next[length]! + next[length - 1]!) << 1

  return Uint16Array.from(lengths, (length) => (length === 0 ? 0 : reversed(next[length]!++, length)))
}

function reversed(code: number, length: number): number {
  let out = 0
  for (let bit = 0; bit < length; bit++) out |= ((code >>> bit) & 1) << (length - 1 - bit)

  return out
}
