import { cleanText } from './clean-text.ts'

/** CLIP's byte-pair merge table: rank of each pair, written as "left right". */
export interface Merges {
  readonly ranks: ReadonlyMap<string, number>
  /** Words already split, per number of merges; only a memory. */
  readonly seen: Map<string, number[]>
}

const mergeCountOfClip = 48_894
const byteCount = 256

/** Reads the text of `bpe_simple_vocab_16e6.txt` (unzipped): one version line, then a pair a line. */
export function parseMerges(fileText: string): Merges {
  const lines = fileText.split('\n', mergeCountOfClip + 1).slice(1)

  return { ranks: new Map(lines.map((line, rank) => [line.trimEnd(), rank])), seen: new Map() }
}

// Bytes that print as themselves come first in the vocabulary; the others follow as code points 256, 257, …
const printable = Array.from({ length: byteCount }, (_, byte) => byte).filter(
  (byte) => (byte >= 33 && byte <= 126) || (byte >= 161 && byte <= 172) || byte >= 174,
)
const hidden = Array.from({ length: byteCount }, (_, byte) => byte).filter(
  (byte) => !printable.includes(byte),
)
const charOfByte = new Map<number, string>([
  ...printable.map((byte) => [byte, String.fromCodePoint(byte)] as const),
  ...hidden.map((byte, i) => [byte, String.fromCodePoint(byteCount + i)] as const),
])
const idOfSymbol = new Map(
  [...charOfByte.values()].flatMap((char, id) => [
    [char, id] as const,
    [`${char}</w>`, id + byteCount] as const,
  ]),
)

const pieces = /<\|startoftext\|>|<\|endoftext\|>|'s|'t|'re|'ve|'m|'ll|'d|\p{L}+|\p{N}|[^\s\p{L}\p{N}]+/giu

/**
 * Token ids of a text, without start and end, using the first `mergeCount` merges (48,894 for the published CLIPs).
 * Start is `512 + mergeCount`, end the id after it.
 */
export function tokenize(text: string, merges: Merges, mergeCount: number): number[] {
  const ids: number[] = []
  for (const [piece] of cleanText(text).matchAll(pieces)) {
    if (piece === '<|startoftext|>') ids.push(2 * byteCount + mergeCount)
    else if (piece === '<|endoftext|>') ids.push(2 * byteCount + mergeCount + 1)
    else ids.push(...wordIds(piece, merges, mergeCount))
  }

  return ids
}

/** How many tokens a text takes, without start and end. */
export function countTokens(text: string, merges: Merges, mergeCount: number): number {
  return tokenize(text, merges, mergeCount).length
}

const memory = 20_000
const longestRemembered = 64

function wordIds(word: string, merges: Merges, mergeCount: number): number[] {
  const key = `${mergeCount} ${word}`
  const known = merges.seen.get(key)
  if (known) return known

  const ids = mergeWord(word, merges.ranks, mergeCount)
  if (word.length <= longestRemembered && merges.seen.size < memory) merges.seen.set(key, ids)

  return ids
}

function mergeWord(word: string, ranks: ReadonlyMap<string, number>, mergeCount: number): number[] {
  let symbols = Array.from(new TextEncoder().encode(word), (byte) => charOfByte.get(byte)!)
  symbols[symbols.length - 1] += '</w>'

  // A merged symbol is the two halves joined, so its id is that of the pair that made it.
  const ids = new Map<string, number>()
  for (;;) {
    let best = mergeCount
    for (let i = 0; i + 1 < symbols.length; i++)
      best = Math.min(best, ranks.get(`${symbols[i]} ${symbols[i + 1]}`) ?? mergeCount)
    if (best === mergeCount) break

    const next: string[] = []
    for (let i = 0; i < symbols.length; i++) {
      const right = symbols[i + 1]
      if (right !== undefined && ranks.get(`${symbols[i]} ${right}`) === best) {
        const merged = `${symbols[i]}${right}`
        ids.set(merged, 2 * byteCount + best)
        next.push(merged)
        i++
      } else next.push(symbols[i]!)
    }
    symbols = next
  }

  return symbols.map((symbol) => ids.get(symbol) ?? idOfSymbol.get(symbol)!)
}
