/** For every two bytes, the lower first, their codes as one and its length. */
export interface PairTable {
  codes: Uint32Array
  lengths: Uint8Array
}

/** Bits into bytes, the lowest first (RFC 1951 §3.1.1). */
export class Bits {
  readonly #words: Uint32Array
  #at = 0
  #held = 0
  #count = 0

  /** `words` must have room for all that is put. */
  constructor(words: Uint32Array) {
    this.#words = words
  }

  /** The lowest `length` bits of `value`, at most 31; those above must be 0. */
  put(value: number, length: number): void {
    this.#held |= value << this.#count
    this.#count += length
    if (this.#count < 32) return
    this.#words[this.#at++] = this.#held
    this.#count -= 32
    this.#held = this.#count === 0 ? 0 : value >>> (length - this.#count)
  }

  /**
   * Puts words as pairs of bytes up to `end` or the first word that is 0, and tells where that is. The one loop through
   * which every byte goes, so its state is in variables of its own.
   */
  putPairs(source: Uint32Array, from: number, end: number, { codes, lengths }: PairTable): number {
    const words = this.#words
    let at = this.#at
    let held = this.#held
    let count = this.#count
    let i = from
    for (; i < end; i++) {
      const word = source[i]!
      if (word === 0) break
      // Whether the held word is full is as good as random, so it is calculated rather than asked.
      let code = codes[word & 0xffff]!
      let length = lengths[word & 0xffff]!
      words[at] = held |= code << count
      count += length
      let full = count >>> 5
      at += full
      count &= 31
      held = (held & (full - 1)) | ((code >>> (length - count)) & -full)

      code = codes[word >>> 16]!
      length = lengths[word >>> 16]!
      words[at] = held |= code << count
      count += length
      full = count >>> 5
      at += full
      count &= 31
      held = (held & (full - 1)) | ((code >>> (length - count)) & -full)
    }
    this.#at = at
    this.#held = held
    this.#count = count

    return i
  }

  /** Ends on a whole byte with an empty stored block, so that another stream can follow; gives the length in bytes. */
  sync(): number {
    this.put(0, 3)
    this.put(0, (8 - (this.#count % 8)) % 8)
    this.put(0, 16)
    this.put(0xffff, 16)
    this.#words[this.#at] = this.#held

    return 4 * this.#at + this.#count / 8
  }
}
