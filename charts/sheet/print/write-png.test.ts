import { deflateSync } from 'node:zlib'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { crc32, slowCrc32 } from '../inside/crc32.ts'
import { adler32 } from './adler32.ts'
import { Band } from './canvas.ts'
import { bandRows } from './draw-bands.ts'
import { type Draw, type PngProgress, writePng } from './write-png.ts'

const noise = (length: number) =>
  Uint8Array.from({ length }, (_, i) => (Math.imul(i + 7, 2654435761) >>> 13) & 255)

/** Draws RGB rows in bands of so many. */
const drawing = (pixels: Uint8Array, width: number, height: number, rows: number): Draw =>
  async function* ({ from, room }) {
    for (let top = from; top < height; top += rows) {
      const count = Math.min(rows, height - top)
      const band = new Band(width, top, count, [1, 2, 3], await room?.())
      band.picture({ x: 0, y: top, width, height: count }, pixels.subarray(3 * width * top))
      yield band
    }
  }

async function written(
  page: Parameters<typeof writePng>[0],
  draw: Draw,
  begun?: PngProgress,
): Promise<{ png: Buffer; marks: { progress: PngProgress; at: number }[] }> {
  const pieces: Buffer[] = []
  const marks: { progress: PngProgress; at: number }[] = []
  await writePng(page, draw, {
    write: async (bytes) => {
      pieces.push(Buffer.from(bytes))
    },
    mark: (progress) => marks.push({ progress, at: Buffer.concat(pieces).length }),
    begun,
  })

  return { png: Buffer.concat(pieces), marks }
}

test.each([
  [63, 41],
  [64, 9],
  [1, 5],
  [5, 1],
  [400, 30],
])(
  'a PNG of %i × %i from bands of any height unpacks to its pixels, packed with care or fast',
  async (width, height) => {
    // Half of it flat, so that long runs of zeros are among what is packed.
    const pixels = noise(width * height * 3).map((byte, i) => (i % (width * 3) < 2 * width ? byte : 9))
    for (const isPassing of [true, false]) {
      const { png } = await written(
        { width, height, before: [], isPassing },
        drawing(pixels, width, height, 4),
      )
      const read = await sharp(png).raw().toBuffer({ resolveWithObject: true })

      expect([read.info.width, read.info.height]).toEqual([width, height])
      expect(read.data.equals(Buffer.from(pixels))).toBe(true)
    }
  },
)

test('a large PNG, packed by threads, can be gone on with from every band to the same bytes', async () => {
  const [width, height] = [40_000, 800]
  const rows = bandRows(width, height)
  const pixels = noise(width * 3 * 61)
  const draw: Draw = async function* ({ from, room }) {
    for (let top = from; top < height; top += rows) {
      const band = new Band(width, top, Math.min(rows, height - top), [9, 9, 9], await room?.())
      for (let y = 0; y < height; y += 61) band.picture({ x: 0, y, width, height: 1 }, pixels)
      yield band
    }
  }
  const page = { width, height, before: [] }
  const { png, marks } = await written(page, draw)
  const seen = await sharp(png, { limitInputPixels: false })
    .extract({ left: 0, top: 61, width, height: 2 })
    .raw()
    .toBuffer()
  expect(seen.equals(Buffer.concat([pixels.subarray(0, 3 * width), Buffer.alloc(3 * width, 9)]))).toBe(true)

  expect(marks.length).toBe(Math.ceil(height / rows))
  for (const { progress, at } of [marks[0]!, marks[5]!, marks.at(-1)!]) {
    const rest = await written(page, draw, progress)
    expect(Buffer.concat([png.subarray(0, at), rest.png]).equals(png)).toBe(true)
  }
})

test('checksums are those of zlib, in one piece or several', () => {
  for (const length of [0, 1, 3, 3799, 3800, 3801, 20_003]) {
    const bytes = noise(length).map((byte) => byte | 0xf0)
    expect(adler32(bytes)).toBe(deflateSync(bytes).readUInt32BE(deflateSync(bytes).length - 4))
    expect(adler32(bytes.subarray(length >> 1), adler32(bytes.subarray(0, length >> 1)))).toBe(adler32(bytes))
    expect(crc32(bytes)).toBe(slowCrc32(bytes))
  }
})
