import * as zlib from 'node:zlib'

const table = Uint32Array.from({ length: 256 }, (_, n) => {
  let value = n
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1

  return value
})

/** CRC of PNG chunks and ZIP entries (ISO 3309); of Node's own only newer versions have it. */
export function crc32(...parts: readonly Uint8Array[]): number {
  const native = (zlib as { crc32?: (data: Uint8Array, value: number) => number }).crc32
  if (native) return parts.reduce((crc, part) => native(part, crc), 0)

  return slowCrc32(...parts)
}

/** The same in plain steps. */
export function slowCrc32(...parts: readonly Uint8Array[]): number {
  let crc = 0xffffffff
  for (const part of parts)
    for (let i = 0; i < part.length; i++) crc = table[(crc ^ part[i]!) & 0xff]! ^ (crc >>> 8)

  return (crc ^ 0xffffffff) >>> 0
}
