import type { TorchState } from './torch-stream.ts'

const WORDS = 624

/** 624 state words, position, cache flag (int32, little endian), then the cached normal (float64). */
export function encodeTorchState({ words, position, cachedNormal }: TorchState): Uint8Array {
  const view = new DataView(new ArrayBuffer(WORDS * 4 + 16))
  words.forEach((word, i) => {
    view.setInt32(i * 4, word, true)
  })
  view.setInt32(WORDS * 4, position, true)
  view.setInt32(WORDS * 4 + 4, cachedNormal === null ? 0 : 1, true)
  view.setFloat64(WORDS * 4 + 8, cachedNormal ?? 0, true)

  return new Uint8Array(view.buffer)
}

export function decodeTorchState(bytes: Uint8Array): TorchState {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const words = Int32Array.from({ length: WORDS }, (_, i) => view.getInt32(i * 4, true))
  const cached = view.getInt32(WORDS * 4 + 4, true) === 1

  return {
    words,
    position: view.getInt32(WORDS * 4, true),
    cachedNormal: cached ? view.getFloat64(WORDS * 4 + 8, true) : null,
  }
}
