/** Number formats of stored tensors that a network may use. */
export type TensorType = 'F64' | 'F32' | 'F16' | 'BF16' | 'I64' | 'I32' | 'I16' | 'I8' | 'U8' | 'BOOL'

/** Where one tensor lies inside a file: contiguous, C order, little endian. */
export interface TensorEntry {
  readonly name: string
  readonly type: TensorType
  readonly shape: readonly number[]
  /** Bytes from the start of the file. */
  readonly offset: number
  readonly bytes: number
}

/**
 * A container of named tensors, whatever its format: graphs refer to the bytes in place, nothing is converted.
 * safetensors is the format read today; a reader of another container only has to fill in this table.
 */
export interface TensorFile {
  /** Real path (no symbolic links: ONNX Runtime refuses weights that leave the folder it was given). */
  readonly path: string
  readonly tensors: ReadonlyMap<string, TensorEntry>
}

export const bytesPerElement: Record<TensorType, number> = {
  F64: 8,
  F32: 4,
  F16: 2,
  BF16: 2,
  I64: 8,
  I32: 4,
  I16: 2,
  I8: 1,
  U8: 1,
  BOOL: 1,
}
