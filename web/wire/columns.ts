/** Bytes of one cell in `/api/studies/{id}/columns`; `#prisma`'s `CellColumns` says what they mean. */
const recordBytes = 42
/** Cells asked for at once: half a megabyte, unpacked in a few milliseconds. */
export const columnsAtOnce = 12_500

export interface PackedCell {
  seq: number
  /** As in `statusByte`. */
  status: number
  mark: 'star' | 'reject' | null
  rating: number
  reused: boolean
  hasNote: boolean
  width: number
  height: number
}

const marks = [null, 'star', 'reject'] as const

/** Calls `put` with every packed cell and the 32 bytes of its picture's hash (all zero without one). */
export function unpackCells(records: Uint8Array, put: (cell: PackedCell, sha: Uint8Array) => void): void {
  const view = new DataView(records.buffer, records.byteOffset, records.byteLength)
  for (let at = 0; at + recordBytes <= records.byteLength; at += recordBytes) {
    const bits = view.getUint16(at + 4)
    put(
      {
        seq: view.getInt32(at),
        status: bits & 7,
        mark: marks[(bits >> 3) & 3] ?? null,
        rating: (bits >> 5) & 7,
        reused: ((bits >> 8) & 1) === 1,
        hasNote: ((bits >> 9) & 1) === 1,
        width: view.getUint16(at + 6),
        height: view.getUint16(at + 8),
      },
      records.subarray(at + 10, at + recordBytes),
    )
  }
}

/** A column of big-endian float32, as the server sends a measure. */
export function unpackMeasure(bytes: Uint8Array): Float32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)

  return Float32Array.from({ length: bytes.byteLength / 4 }, (_, index) => view.getFloat32(index * 4))
}
