import { Bits, type PairTable } from './bits.ts'
import { codeLengths, codesOf } from './code-lengths.ts'
import { filterUp, type Sums, upType, type WordRows } from './filter-up.ts'

/** End of a block, and the longest match of DEFLATE, 258 bytes. */
const endOfBlock = 256
const matchSymbol = 285
const matchBytes = 258
/** One row in so many is counted for the code: rows near each other are alike. */
const countedRow = 4

/** Bytes that packing may need at most for so many rows: no code is longer than 15 bits. */
export const mostPacked = (stride: number, count: number): number => 8 * stride * count + 2 * count + 1024

export interface Packed extends Sums {
  /** Of the output. */
  length: number
}

/**
 * Filters rows (Up) and packs them into `out` as one block of DEFLATE: a Huffman code of its own, and matches only for
 * long runs of zeros, which flat parts of a page are after filtering. Grainy pictures pack as well as with a search
 * for matches, in a fifth of the time. Ends on a byte; `rows` hold the differences afterwards.
 */
export function packRows(rows: WordRows, out: Uint32Array): Packed {
  const sums = filterUp(rows)
  const lengths = codeLengths(countSymbols(rows))
  const codes = codesOf(lengths)
  const bits = new Bits(out)
  writeHead(bits, lengths)
  writeRows(bits, rows, lengths, codes)
  bits.put(codes[endOfBlock]!, lengths[endOfBlock]!)

  return { ...sums, length: bits.sync() }
}

/** How often what is written in some of the rows; anything may come in the others. */
function countSymbols({ words, stride, count }: WordRows): Uint32Array {
  const [first, second, third, fourth] = Array.from({ length: 4 }, () => new Uint32Array(256)) as [
    Uint32Array,
    Uint32Array,
    Uint32Array,
    Uint32Array,
  ]
  const counts = new Uint32Array(matchSymbol + 1)
  counts.fill(1, 0, endOfBlock + 1)
  counts[matchSymbol] = 1
  for (let row = 1; row <= count; row += countedRow) {
    counts[upType]!++
    const end = (row + 1) * stride
    for (let i = row * stride; i < end; ) {
      const d = words[i]!
      if (d === 0) {
        const next = endOfZeros(words, i, end)
        const { literals, matches } = runOf(4 * (next - i))
        counts[0]! += literals
        counts[matchSymbol]! += matches
        i = next
        continue
      }
      first[d & 255]!++
      second[(d >>> 8) & 255]!++
      third[(d >>> 16) & 255]!++
      fourth[d >>> 24]!++
      i++
    }
  }
  for (let byte = 0; byte < 256; byte++)
    counts[byte]! += first[byte]! + second[byte]! + third[byte]! + fourth[byte]!

  return counts
}

function endOfZeros(words: Uint32Array, from: number, end: number): number {
  let at = from
  while (at < end && words[at] === 0) at++

  return at
}

/** A run of zeros as single ones, of which the first is what matches repeat. */
function runOf(bytes: number): { literals: number; matches: number } {
  const matches = Math.floor((bytes - 1) / matchBytes)

  return { literals: bytes - matches * matchBytes, matches }
}

/** A block that is not the last, with a code of its own (RFC 1951 §3.2.7); lengths stand there in four bits each. */
function writeHead(bits: Bits, lengths: Uint8Array): void {
  bits.put(0b100, 3)
  bits.put(lengths.length - 257, 5)
  bits.put(0, 5)
  bits.put(15, 4)
  // Of the 19 symbols that lengths are written with, the first three are repetitions, which are not used.
  for (let symbol = 0; symbol < 19; symbol++) bits.put(symbol < 3 ? 0 : 4, 3)
  const fourBits = codesOf(new Uint8Array(16).fill(4))
  for (const length of lengths) bits.put(fourBits[length]!, 4)
  // One distance, 1, whose code is a single bit.
  bits.put(fourBits[1]!, 4)
}

function writeRows(
  bits: Bits,
  { words, stride, rowBytes, count }: WordRows,
  lengths: Uint8Array,
  codes: Uint16Array,
): void {
  const pairs = pairTable(lengths, codes)
  const literal = (byte: number) => bits.put(codes[byte]!, lengths[byte]!)
  const whole = rowBytes >>> 2
  for (let row = 1; row <= count; row++) {
    literal(upType)
    const start = row * stride
    const end = start + whole
    for (let i = start; i < end; ) {
      i = bits.putPairs(words, i, end, pairs)
      if (i === end) break
      const next = endOfZeros(words, i, end)
      const { literals, matches } = runOf(4 * (next - i))
      literal(0)
      // Behind the code of a match stands that of its distance, the bit 0.
      for (let n = 0; n < matches; n++) bits.put(codes[matchSymbol]!, lengths[matchSymbol]! + 1)
      for (let n = 1; n < literals; n++) literal(0)
      i = next
    }
    for (let byte = 4 * whole; byte < rowBytes; byte++)
      literal((words[end]! >>> (8 * (byte - 4 * whole))) & 255)
  }
}

/** Two literals at a time, the lower byte first. */
function pairTable(lengths: Uint8Array, codes: Uint16Array): PairTable {
  const pairs = { codes: new Uint32Array(65_536), lengths: new Uint8Array(65_536) }
  for (let high = 0; high < 256; high++)
    for (let low = 0; low < 256; low++) {
      const pair = (high << 8) | low
      pairs.codes[pair] = codes[low]! | (codes[high]! << lengths[low]!)
      pairs.lengths[pair] = lengths[low]! + lengths[high]!
    }

  return pairs
}
