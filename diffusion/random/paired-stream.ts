import type { Draws } from './draws.ts'
import { permutationBy } from './permutation.ts'
import { philox } from './philox.ts'

/** One counter-based stream; its four address words say which. Streams of different addresses are independent. */
export class PairedStream implements Draws {
  private readonly counter: Uint32Array
  private readonly key0: number
  private readonly key1: number
  private readonly block = new Uint32Array(4)
  private used = 4

  constructor(seed: number, address: readonly [number, number, number, number]) {
    philox(Uint32Array.from(address), seed >>> 0, Math.floor(seed / 2 ** 32) >>> 0, this.block)
    this.key0 = this.block[0]!
    this.key1 = this.block[1]!
    this.counter = Uint32Array.of(0, 0, this.block[2]!, this.block[3]!)
  }

  uniform(): number {
    return (this.word() >>> 8) * 2 ** -24
  }

  /** Monotone in `count`: a crop that has less room keeps its place in proportion. */
  integer(count: number): number {
    return Math.floor(this.word() * 2 ** -32 * count)
  }

  permutation(count: number): number[] {
    return permutationBy((n) => this.integer(n), count)
  }

  normal(count: number): Float32Array {
    const out = new Float32Array(count)
    this.fillNormal(out, 0, count)

    return out
  }

  sparseNormal(count: number): (start: number, length: number) => Float32Array {
    const all = this.normal(count)

    return (start, length) => all.subarray(start, start + length)
  }

  /** Writes `count` normals from `at` on. */
  fillNormal(out: Float32Array, at: number, count: number): void {
    for (let i = 0; i < count; i += 2) {
      const radius = Math.sqrt(-2 * Math.log((this.word() + 1) * 2 ** -32))
      const angle = this.word() * (2 * Math.PI * 2 ** -32)
      out[at + i] = radius * Math.cos(angle)

      if (i + 1 < count) out[at + i + 1] = radius * Math.sin(angle)
    }
  }

  private word(): number {
    if (this.used === 4) {
      philox(this.counter, this.key0, this.key1, this.block)
      this.counter[0]!++
      this.used = 0
    }

    return this.block[this.used++]!
  }
}
