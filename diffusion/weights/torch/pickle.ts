import { type Inert, Made, Named, StorageRef } from './inert.ts'
import { opcodes } from './opcodes.ts'
import { isCount, reduce } from './reduce.ts'

type Fail = (why: string) => never

/** Checkpoints of a thousand tensors take some ten thousand instructions. */
const mostInstructions = 400_000

/** Digits of a number that anything in a checkpoint could need: eight bytes, and the ten of PyTorch's mark. */
const longestInteger = 16

/**
 * A machine for Python's pickle language that calls nothing: see `Inert`. Every instruction takes a bounded time and
 * adds a bounded amount of data, and their number is limited, so that a hostile file cannot cost more than a large
 * honest one.
 */
export class Pickle {
  /** Bytes read so far. */
  position = 0
  stack: Inert[] = []
  readonly memo = new Map<number, Inert>()
  /** Every storage that was named, by key. */
  readonly storages = new Map<string, StorageRef>()
  private marks: number[] = []
  private instructions = 0

  constructor(
    private readonly bytes: Buffer,
    readonly fail: Fail,
    /** Why the bytes may end early. */
    private readonly short: string,
  ) {}

  /** Runs the next pickle of the stream and gives the value it describes. */
  next(): Inert {
    this.stack = []
    this.marks = []
    this.memo.clear()
    for (;;) {
      this.instructions += 1
      if (this.instructions > mostInstructions)
        this.fail('its table of contents is far larger than that of any checkpoint.')
      const code = this.byte()
      if (code === 0x2e) return this.pop()
      const run = opcodes[code]
      if (!run)
        return this.fail(
          `its table of contents uses the pickle instruction 0x${code.toString(16)}, which no checkpoint needs.`,
        )
      run(this)
    }
  }

  byte(): number {
    return this.take(1)[0]!
  }

  uint32(): number {
    return this.take(4).readUInt32LE()
  }

  /** A length of eight bytes. */
  length64(): number {
    return Number(this.take(8).readBigUInt64LE())
  }

  take(length: number): Buffer {
    if (this.position + length > this.bytes.length) this.fail(this.short)
    this.position += length

    return this.bytes.subarray(this.position - length, this.position)
  }

  /** Text up to the end of the line. */
  line(): string {
    const end = this.bytes.indexOf(10, this.position)
    if (end < 0 || end - this.position > 1000) this.fail(this.short)
    const text = this.take(end - this.position).toString('utf8')
    this.position += 1

    return text
  }

  /** A little-endian two's complement integer. */
  integer(length: number): number | bigint {
    if (length > longestInteger)
      this.fail('a number in its table of contents is longer than any checkpoint needs.')
    const bytes = this.take(length)
    const value = bytes.reduceRight((all, byte) => (all << 8n) | BigInt(byte), 0n)
    const signed = BigInt.asIntN(8 * length, value)
    const number = Number(signed)

    return Number.isSafeInteger(number) ? number : signed
  }

  push(value: Inert): void {
    this.stack.push(value)
  }

  pop(): Inert {
    const value = this.stack.pop()

    return value === undefined ? this.damaged() : value
  }

  top(): Inert {
    const value = this.stack.at(-1)

    return value === undefined ? this.damaged() : value
  }

  mark(): void {
    this.marks.push(this.stack.length)
  }

  /** All that was pushed since the last mark. */
  sinceMark(): Inert[] {
    const height = this.marks.pop()

    return height === undefined ? this.damaged() : this.stack.splice(height)
  }

  remembered(key: number): Inert {
    const value = this.memo.get(key)

    return value === undefined ? this.damaged() : value
  }

  setItems(items: readonly Inert[]): void {
    const target = this.top()
    const map = target instanceof Map ? target : target instanceof Made ? target.items : this.damaged()
    for (let k = 0; k + 1 < items.length; k += 2) map.set(items[k]!, items[k + 1]!)
  }

  append(items: readonly Inert[]): void {
    const target = this.top()
    if (Array.isArray(target)) for (const item of items) target.push(item)
    // A list of a class of its own holds nothing that a network reads.
    else if (!(target instanceof Made)) this.damaged()
  }

  build(): void {
    const state = this.pop()
    const target = this.top()
    if (target instanceof Made) target.state = state
  }

  reduce(): void {
    const args = this.pop()
    this.push(reduce(this.pop(), args, this.fail))
  }

  /** What PyTorch keeps outside the pickle: ('storage', class, key, device, count[, view]), or a module's source. */
  persistent(): void {
    const id = this.pop()
    if (!Array.isArray(id)) this.damaged()
    const [kind, type, key, , count, view] = id
    if (kind === 'module') {
      this.push(type ?? null)
      return
    }
    if (kind !== 'storage' || !(type instanceof Named) || typeof key !== 'string' || !isCount(count))
      this.damaged()
    const [, from, length] = Array.isArray(view) ? view : [null, 0, count]
    if (!isCount(from) || !isCount(length)) this.damaged()
    const storage = new StorageRef(type.name.slice(type.name.lastIndexOf('.') + 1), key, from, length)
    this.storages.set(key, storage)
    this.push(storage)
  }

  damaged(): never {
    return this.fail('its table of contents makes no sense; the file is damaged.')
  }
}
