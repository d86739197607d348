import { TeststripError } from '#study'

const MAGIC = 0x50435354 // "TSCP"
const VERSION = 1
const HEADER = 16

/** A render between two steps; nothing else is needed to finish it with the same bits. */
export interface Checkpoint {
  /** render key of the picture, which also fixes pack and engine */
  key: string
  /** spaced index of the next step */
  next: number
  /** sample [3, H, W] that the next step starts from */
  x: Float32Array
  /** state of the noise source */
  noise: Uint8Array
}

/** "TSCP", format, next, length of the noise state (uint32 each, little endian), then 64 bytes of key, noise state, x. */
export function encodeCheckpoint({ key, next, x, noise }: Checkpoint): Uint8Array {
  const name = new TextEncoder().encode(key)
  const bytes = new Uint8Array(HEADER + name.length + noise.length + x.byteLength)
  const view = new DataView(bytes.buffer)
  ;[MAGIC, VERSION, next, noise.length].forEach((value, k) => {
    view.setUint32(4 * k, value, true)
  })
  bytes.set(name, HEADER)
  bytes.set(noise, HEADER + name.length)
  bytes.set(new Uint8Array(x.buffer, x.byteOffset, x.byteLength), HEADER + name.length + noise.length)

  return bytes
}

/** Reads a checkpoint of the render `key`; one of another picture, pack or engine is refused. */
export function decodeCheckpoint(bytes: Uint8Array, key: string): Checkpoint {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const isCheckpoint =
    bytes.length > HEADER + key.length &&
    view.getUint32(0, true) === MAGIC &&
    view.getUint32(4, true) === VERSION

  if (!isCheckpoint)
    throw new TeststripError('conflict', 'This is not a checkpoint of this version: render from the start.')

  const body = HEADER + key.length

  if (new TextDecoder().decode(bytes.subarray(HEADER, body)) !== key) {
    throw new TeststripError(
      'conflict',
      'The checkpoint belongs to another recipe, pack or engine version: render from the start.',
      { key },
    )
  }

  const noiseEnd = body + view.getUint32(12, true)

  return {
    key,
    next: view.getUint32(8, true),
    // Copies, not `slice`: of a Node Buffer that would be a view into a larger, unaligned store.
    noise: Uint8Array.from(bytes.subarray(body, noiseEnd)),
    x: new Float32Array(Uint8Array.from(bytes.subarray(noiseEnd)).buffer),
  }
}
