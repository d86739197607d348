const SIZE = 624
const SHIFT = 397

/** The Mersenne Twister of Matsumoto and Nishimura (1998), as torch's CPU generator runs it. */
export class Mt19937 {
  private readonly words = new Int32Array(SIZE)
  private position = SIZE

  constructor(seed: number) {
    let word = Number(BigInt(seed) & 0xffffffffn) | 0
    this.words[0] = word

    for (let i = 1; i < SIZE; i++) {
      word = (Math.imul(1812433253, word ^ (word >>> 30)) + i) | 0
      this.words[i] = word
    }
  }

  /** Continues from saved state words; `position` 624 means the block is used up. */
  static from(words: Int32Array, position: number): Mt19937 {
    const generator = new Mt19937(0)
    generator.words.set(words)
    generator.position = position

    return generator
  }

  state(): { words: Int32Array; position: number } {
    return { words: this.words.slice(), position: this.position }
  }

  /** The next 32-bit output, unsigned. */
  next(): number {
    if (this.position >= SIZE) this.regenerate()

    let y = this.words[this.position++]!
    y ^= y >>> 11
    y ^= (y << 7) & 0x9d2c5680
    y ^= (y << 15) & 0xefc60000

    return (y ^ (y >>> 18)) >>> 0
  }

  private regenerate(): void {
    const words = this.words

    for (let i = 0; i < SIZE; i++) {
      const y = (words[i]! & 0x80000000) | (words[(i + 1) % SIZE]! & 0x7fffffff)
      words[i] = words[(i + SHIFT) % SIZE]! ^ (y >>> 1) ^ (y & 1 ? 0x9908b0df : 0)
    }

    this.position = 0
  }
}
