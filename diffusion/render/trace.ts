/** Receives tensors of a render as they come up. */
export interface TraceSink {
  write(name: string, shape: readonly number[], data: Float32Array | Int32Array): void
}

/** Collects a trace in memory and writes it as one safetensors file. */
export function createTrace(): TraceSink & { toSafetensors(): Uint8Array } {
  const tensors: { name: string; shape: readonly number[]; data: Float32Array | Int32Array }[] = []

  return {
    write(name, shape, data) {
      tensors.push({ name, shape, data: data.slice() })
    },

    toSafetensors() {
      let end = 0
      const entries = tensors.map(({ name, shape, data }) => {
        const begin = end
        end += data.byteLength

        return [
          name,
          { dtype: data instanceof Float32Array ? 'F32' : 'I32', shape, data_offsets: [begin, end] },
        ] as const
      })
      const text = new TextEncoder().encode(JSON.stringify(Object.fromEntries(entries)))
      const headerLength = Math.ceil(text.length / 8) * 8
      const file = new Uint8Array(8 + headerLength + end).fill(0x20, 8, 8 + headerLength)

      new DataView(file.buffer).setBigUint64(0, BigInt(headerLength), true)
      file.set(text, 8)
      tensors.forEach(({ data }, k) => {
        const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
        file.set(bytes, 8 + headerLength + entries[k]![1].data_offsets[0]!)
      })

      return file
    },
  }
}
