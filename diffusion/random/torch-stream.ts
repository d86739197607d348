import type { Draws } from './draws.ts'
import { Mt19937 } from './mt19937.ts'
import { permutationBy } from './permutation.ts'

const TWO_PI = Math.fround(2 * Math.PI)

/** Everything needed to continue a torch CPU stream where it stood. */
export interface TorchState {
  words: Int32Array
  position: number
  /** second half of the last small-tensor normal pair, or null */
  cachedNormal: number | null
}

/**
 * torch's CPU generator with its tensor fills: `rand`, `randint`, `randperm` and both `normal` paths
 * (fewer than 16 elements one by one with a cache, otherwise in blocks of 16).
 */
export class TorchStream implements Draws {
  private generator: Mt19937
  private cachedNormal: number | null = null

  constructor(seed: number) {
    this.generator = new Mt19937(seed)
  }

  static from(state: TorchState): TorchStream {
    const stream = new TorchStream(0)
    stream.restore(state)

    return stream
  }

  state(): TorchState {
    return { ...this.generator.state(), cachedNormal: this.cachedNormal }
  }

  restore(state: TorchState): void {
    this.generator = Mt19937.from(state.words, state.position)
    this.cachedNormal = state.cachedNormal
  }

  /** The next 24-bit values this stream would give, without taking them. */
  peek(count: number): Int32Array {
    const { words, position } = this.generator.state()
    const ahead = Mt19937.from(words, position)

    return Int32Array.from({ length: count }, () => ahead.next() & 0xffffff)
  }

  uniform(): number {
    return (this.generator.next() & 0xffffff) * 2 ** -24
  }

  integer(count: number): number {
    return this.generator.next() % count
  }

  permutation(count: number): number[] {
    return permutationBy((n) => this.integer(n), count)
  }

  normal(count: number): Float32Array {
    return this.sparseNormal(count)(0, count)
  }

  sparseNormal(count: number): (start: number, length: number) => Float32Array {
    if (count < 16) {
      const few = Float32Array.from({ length: count }, () => this.smallNormal())

      return (start, length) => few.slice(start, start + length)
    }

    const uniforms = new Float32Array(count)
    for (let i = 0; i < count; i++) uniforms[i] = this.uniform()

    // what does not fill a block is drawn again together with the end of the block before
    const again = count % 16 === 0 ? null : Float32Array.from({ length: 16 }, () => this.uniform())
    const block = new Float32Array(16)

    return (start, length) => {
      const out = new Float32Array(length)
      const copy = (from: Float32Array, at: number, place: number) => {
        boxMuller16(from, at, block)
        const first = Math.max(start - place, 0)
        const last = Math.min(start + length - place, 16)
        if (first < last) out.set(block.subarray(first, last), place + first - start)
      }

      for (let at = start - (start % 16); at < start + length && at + 16 <= count; at += 16)
        copy(uniforms, at, at)
      if (again) copy(again, 0, count - 16)

      return out
    }
  }

  private smallNormal(): number {
    if (this.cachedNormal !== null) {
      const value = this.cachedNormal
      this.cachedNormal = null

      return value
    }

    const angle = 2 * Math.PI * this.uniform53()
    const radius = Math.sqrt(-2 * Math.log1p(-this.uniform53()))
    this.cachedNormal = radius * Math.sin(angle)

    return radius * Math.cos(angle)
  }

  private uniform53(): number {
    const high = this.generator.next() & 0x1fffff

    return (high * 2 ** 32 + this.generator.next()) * 2 ** -53
  }
}

/** 16 normals from 16 uniforms: element j pairs with j + 8. */
function boxMuller16(uniforms: Float32Array, at: number, out: Float32Array): void {
  for (let j = 0; j < 8; j++) {
    const logarithm = Math.fround(Math.log(Math.fround(1 - uniforms[at + j]!)))
    const radius = Math.fround(Math.sqrt(Math.fround(-2 * logarithm)))
    const angle = Math.fround(TWO_PI * uniforms[at + j + 8]!)

    out[j] = radius * Math.fround(Math.cos(angle))
    out[j + 8] = radius * Math.fround(Math.sin(angle))
  }
}
