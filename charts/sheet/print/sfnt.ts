import { inflateSync } from 'node:zlib'
import { TeststripError } from '#study'

/**
 * Unpacks a WOFF 1.0 file into the TrueType file it holds (W3C WOFF File Format 1.0, §4 and §5): fontkit reads the
 * tables of a WOFF one by one and trips over an empty last glyph, which in one whole file is harmless.
 */
export function sfntOf(woff: Buffer): Buffer {
  if (woff.toString('latin1', 0, 4) !== 'wOFF')
    throw new TeststripError('internal', 'A bundled font is not a WOFF file.')
  const count = woff.readUInt16BE(12)
  const header = Buffer.alloc(12 + 16 * count)
  woff.copy(header, 0, 4, 8)
  header.writeUInt16BE(count, 4)

  const parts: Buffer[] = [header]
  let offset = header.length
  for (let i = 0; i < count; i++) {
    const entry = 44 + 20 * i
    const start = woff.readUInt32BE(entry + 4)
    const stored = woff.readUInt32BE(entry + 8)
    const length = woff.readUInt32BE(entry + 12)
    const data = woff.subarray(start, start + stored)
    const table = stored < length ? inflateSync(data) : data

    const place = 12 + 16 * i
    woff.copy(header, place, entry, entry + 4)
    header.writeUInt32BE(woff.readUInt32BE(entry + 16), place + 4)
    header.writeUInt32BE(offset, place + 8)
    header.writeUInt32BE(length, place + 12)
    const padded = Buffer.alloc((length + 3) & ~3)
    table.copy(padded)
    parts.push(padded)
    offset += padded.length
  }

  // Room behind the last table, for readers that look at the header of an empty glyph.
  return Buffer.concat([...parts, Buffer.alloc(16)])
}
