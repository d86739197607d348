import { crc32 } from './crc32.ts'
import { refused } from './record.ts'

/** The chunks of a PNG behind its signature. Throws `invalid_input` where lengths or checksums are wrong. */
export function* readPngChunks(png: Buffer): Generator<{ type: string; data: Buffer }> {
  for (let at = 8; at < png.length; ) {
    if (at + 12 > png.length) throw refused('the file is cut off.')
    const length = png.readUInt32BE(at)
    const type = png.toString('latin1', at + 4, at + 8)
    if (!/^[A-Za-z]{4}$/.test(type)) throw refused('the file is damaged.')
    if (at + 12 + length > png.length) throw refused('the file is cut off.')
    if (at === 8 && (type !== 'IHDR' || length !== 13)) throw refused('the file is damaged.')
    const data = png.subarray(at + 8, at + 8 + length)
    if (crc32(png.subarray(at + 4, at + 8 + length)) !== png.readUInt32BE(at + 8 + length))
      throw refused(`a checksum is wrong (${type}), so the file was damaged or changed.`)
    yield { type, data }
    if (type === 'IEND') return
    at += 12 + length
  }
  throw refused('the file is cut off.')
}
