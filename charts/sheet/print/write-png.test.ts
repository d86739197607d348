import { deflateSync } from 'node:zlib'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { crc32, slowCrc32 } from '../inside/crc32.ts'
import { adler32 } from './adler32.ts'
import { writePng } from './write-png.ts'

const noise = (length: number) =>
  Uint8Array.from({ length }, (_, i) => (Math.imul(i + 7, 2654435761) >>> 13) & 255)

test.each([
  [63, 41],
  [64, 9],
  [1, 5],
  [5, 1],
])(
  'a PNG of %i × %i from bands of any height unpacks to its pixels, packed with care or fast',
  async (width, height) => {
    const pixels = noise(width * height * 3)
    const rows = (from: number, to: number) => pixels.subarray(from * width * 3, to * width * 3)
    async function* bands() {
      for (let top = 0; top < height; top += 4) yield rows(top, Math.min(height, top + 4))
    }
    for (const isPassing of [true, false]) {
      const pieces: Buffer[] = []
      for await (const piece of writePng({ width, height, before: [], isPassing }, bands()))
        pieces.push(piece)
      const read = await sharp(Buffer.concat(pieces)).raw().toBuffer({ resolveWithObject: true })

      expect([read.info.width, read.info.height]).toEqual([width, height])
      expect(read.data.equals(Buffer.from(pixels))).toBe(true)
    }
  },
)

test('checksums are those of zlib, in one piece or several', () => {
  for (const length of [0, 1, 3, 3799, 3800, 3801, 20_003]) {
    const bytes = noise(length).map((byte) => byte | 0xf0)
    expect(adler32(bytes)).toBe(deflateSync(bytes).readUInt32BE(deflateSync(bytes).length - 4))
    expect(adler32(bytes.subarray(length >> 1), adler32(bytes.subarray(0, length >> 1)))).toBe(adler32(bytes))
    expect(crc32(bytes)).toBe(slowCrc32(bytes))
  }
})
