import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { deflateRaw, constants as zlib } from 'node:zlib'
import { chunk, chunkHead, chunkTail, headerChunk, signature } from '../inside/png-chunks.ts'
import { adler32 } from './adler32.ts'
import type { Band } from './canvas.ts'
import { bandRows } from './draw-bands.ts'
import { filterRows } from './filter-rows.ts'
import { inOrder } from './in-order.ts'
import { firstSums, joinSums, type Sums } from './pack/filter-up.ts'
import { type PackedBand, Packers } from './pack/packers.ts'

const deflate = promisify(deflateRaw)

/** Larger pictures are not unpacked to be checked. */
export const mostHashedPixels = 100_000_000

/** Up to here a smaller file is worth seconds; above, filters and matches are chosen for speed. */
const carefulPixels = 30_000_000
const carefully = { level: 6, memLevel: 9, finishFlush: zlib.Z_SYNC_FLUSH }
/** Bands packed with care at the same time. */
const carefulAtOnce = 4

/** CMF and FLG of a zlib stream, and the empty block that ends it. */
const zlibHead = Buffer.from([0x78, 0x9c])
const lastBlock = Buffer.from([0x03, 0x00])

export interface PngOptions {
  width: number
  height: number
  /** Finished chunks in front of the pixels. */
  before: readonly Buffer[]
  /** Chunks behind them, which may tell the SHA-256 of all RGB rows; left out where that is never checked. */
  after?: (pixels: string) => readonly Buffer[]
  /** Always the fast way: for files that are only read again. */
  isPassing?: boolean
}

/** How far a file has come: these rows are in it, and this is their sum. */
export interface PngProgress {
  rows: number
  sums: Sums
}

export interface PngFile {
  write(bytes: Uint8Array): Promise<void>
  /** Called when all up to a place was written. Only of files that can be gone on with: where no hash is made. */
  mark(progress: PngProgress): void
  /** Where an earlier print of the same page was cut off. */
  begun?: PngProgress
}

/** Bands of the page from a row on, in memory of the writer's choice. */
export type Draw = (options: { from: number; room?: () => Promise<Uint8Array> }) => AsyncIterable<Band>

/**
 * Writes a PNG from bands of RGB rows, so that neither the picture nor the file need be held whole. Each band is packed
 * by itself, several at a time, ending on a byte; put together they are one stream (RFC 1951 §3.2.3).
 */
export async function writePng(options: PngOptions, draw: Draw, file: PngFile): Promise<void> {
  const { width, height, before, after, isPassing = false } = options
  const isHashed = after !== undefined && width * height <= mostHashedPixels
  const isCareful = !isPassing && width * height <= carefulPixels
  const begun = file.begun ?? { rows: 0, sums: firstSums }
  if (begun.rows === 0) {
    await file.write(Buffer.concat([signature, headerChunk(width, height), chunk('sRGB', Buffer.from([0]))]))
    for (const each of before) await file.write(each)
    await file.write(chunk('IDAT', zlibHead))
  }

  const pixels = isHashed ? createHash('sha256') : null
  const bands = (isCareful ? packedWithCare : packedFast)(options, draw, begun.rows, pixels)
  let { rows, sums } = begun
  for await (const { height: count, ...packed } of bands) {
    await file.write(chunkHead('IDAT', packed.bytes.length))
    await file.write(packed.bytes)
    await file.write(chunkTail('IDAT', packed.bytes))
    packed.done()
    rows += count
    sums = joinSums(sums, packed.sums)
    if (!isHashed) file.mark({ rows, sums })
  }

  const tail = Buffer.alloc(4)
  tail.writeUInt16BE(sums.b)
  tail.writeUInt16BE(sums.a, 2)
  await file.write(chunk('IDAT', Buffer.concat([lastBlock, tail])))
  if (after && pixels) for (const each of after(pixels.digest('hex'))) await file.write(each)
  await file.write(chunk('IEND', Buffer.alloc(0)))
}

type Bands = AsyncGenerator<PackedBand & { height: number }>
interface Hash {
  update(bytes: Uint8Array): unknown
}

function hashed(band: Band, pixels: Hash | null): void {
  if (pixels) for (const row of band.rows()) pixels.update(row)
}

async function* packedWithCare(_: PngOptions, draw: Draw, from: number, pixels: Hash | null): Bands {
  let above: Uint8Array | null = null
  async function* filtered() {
    for await (const band of draw({ from })) {
      hashed(band, pixels)
      const rows = filterRows(band, above)
      above = [...band.rows()].at(-1)!
      const sum = adler32(rows, 0)
      yield { rows, height: band.height, sums: { a: sum & 0xffff, b: sum >>> 16, bytes: rows.length } }
    }
  }
  yield* inOrder(filtered(), carefulAtOnce, async ({ rows, ...band }) => ({
    ...band,
    bytes: await deflate(rows, carefully),
    done: () => {},
  }))
}

async function* packedFast(
  { width, height }: PngOptions,
  draw: Draw,
  from: number,
  pixels: Hash | null,
): Bands {
  const rows = bandRows(width, height)
  const packers = await Packers.open({ rowBytes: 3 * width, rows, isLarge: width * height > carefulPixels })
  // The first row is written as its difference to the one above, so that is drawn again.
  const above = Math.min(from, rows)
  try {
    const bands = draw({ from: from - above, room: packers.room })
    yield* inOrder(besides(bands), packers.atOnce, async (band) => {
      hashed(band, pixels)

      return { ...(await packers.pack(band)), height: band.height }
    })
  } finally {
    await packers.close()
  }

  async function* besides(bands: AsyncIterable<Band>) {
    for await (const band of bands)
      if (band.top < from) packers.skip(band)
      else yield band
  }
}
