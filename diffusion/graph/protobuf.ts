const encoder = new TextEncoder()

/** Writes one Protocol Buffers message: just the wire types that ONNX models use. */
export class Message {
  private buffer = new Uint8Array(64)
  private length = 0

  /** A varint field; negative numbers take ten bytes, as int64 does. */
  integer(field: number, value: number): this {
    return this.varint(field * 8).varint(value)
  }

  float(field: number, value: number): this {
    const bytes = new Uint8Array(4)
    new DataView(bytes.buffer).setFloat32(0, value, true)

    return this.varint(field * 8 + 5).push(bytes)
  }

  text(field: number, value: string): this {
    return this.data(field, encoder.encode(value))
  }

  data(field: number, value: Uint8Array): this {
    return this.varint(field * 8 + 2)
      .varint(value.length)
      .push(value)
  }

  message(field: number, value: Message): this {
    return this.data(field, value.bytes())
  }

  /** What was written; valid until more is. */
  bytes(): Uint8Array {
    return this.buffer.subarray(0, this.length)
  }

  private varint(value: number): this {
    this.reserve(10)
    // Shifts work on 32 bits: larger and negative numbers go the slow way.
    let rest = value
    let wide = value >= 0 && value <= 0x7fffffff ? 0n : BigInt.asUintN(64, BigInt(value))
    for (; wide > 0x7fffffffn; wide >>= 7n) this.buffer[this.length++] = Number(wide & 127n) | 128
    if (rest < 0 || rest > 0x7fffffff) rest = Number(wide)
    for (; rest > 127; rest >>>= 7) this.buffer[this.length++] = (rest & 127) | 128
    this.buffer[this.length++] = rest

    return this
  }

  private push(bytes: Uint8Array): this {
    this.reserve(bytes.length)
    this.buffer.set(bytes, this.length)
    this.length += bytes.length

    return this
  }

  private reserve(more: number): void {
    if (this.length + more <= this.buffer.length) return
    const larger = new Uint8Array(Math.max(this.length + more, 2 * this.buffer.length))
    larger.set(this.bytes())
    this.buffer = larger
  }
}
