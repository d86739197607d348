/** Number formats of stored tensors that a network may use. */
export type TensorType = 'F64' | 'F32' | 'F16' | 'BF16' | 'I64' | 'I32' | 'I16' | 'I8' | 'U8' | 'BOOL'

/** Where one tensor lies inside a file: little endian, without gaps. */
export interface TensorEntry {
  readonly name: string
  readonly type: TensorType
  readonly shape: readonly number[]
  /** Bytes from the start of the file. */
  readonly offset: number
  readonly bytes: number
  /** Its axes from the slowest to the fastest one in the file, where that is not C order (a transposed tensor). */
  readonly order?: readonly number[]
  /** Real path of its file, where a table joins several files. */
  readonly path?: string
}

/**
 * A container of named tensors, whatever its format: graphs refer to the bytes in place, nothing is converted. A
 * reader of a container fills in this table and nothing more.
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

/** One table over several files, for a network whose weights are published in parts. */
export function joinFiles(files: readonly [TensorFile, ...TensorFile[]]): TensorFile {
  const entries = files.flatMap(({ path, tensors }) =>
    [...tensors].map(([name, entry]) => [name, { path, ...entry }] as const),
  )

  return { path: files[0].path, tensors: new Map(entries) }
}
