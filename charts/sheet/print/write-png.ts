import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { constants, deflateRaw } from 'node:zlib'
import { chunk, headerChunk, signature } from '../inside/png-chunks.ts'
import { adler32 } from './adler32.ts'
import { filterRows, upRows } from './filter-rows.ts'
import { inOrder } from './in-order.ts'

const deflate = promisify(deflateRaw)

/** Larger pictures are not unpacked to be checked. */
export const mostHashedPixels = 100_000_000

/** Up to here a smaller file is worth seconds; above, filters and matches are chosen for speed. */
const carefulPixels = 30_000_000
const careful = { level: 6, memLevel: 9, strategy: constants.Z_DEFAULT_STRATEGY }
const fast = { level: 1, memLevel: 9, strategy: constants.Z_RLE }
/** Bands packed at the same time. */
const atOnce = 4

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

/**
 * A PNG file piece by piece from bands of RGB rows, so that neither the picture nor the file need be held whole. Each
 * band is packed by itself, several at a time, ending on a byte; put together they are one stream (RFC 1951 §3.2.3).
 */
export async function* writePng(
  { width, height, before, after, isPassing = false }: PngOptions,
  bands: AsyncIterable<Uint8Array>,
): AsyncGenerator<Buffer> {
  yield signature
  yield headerChunk(width, height)
  yield chunk('sRGB', Buffer.from([0]))
  yield* before

  const isFast = isPassing || width * height > carefulPixels
  const packing = { ...(isFast ? fast : careful), finishFlush: constants.Z_SYNC_FLUSH }
  const pixels = after && width * height <= mostHashedPixels ? createHash('sha256') : null
  let sum = 1

  async function* filtered() {
    let above: Uint8Array | null = null
    for await (const band of bands) {
      const rows: Buffer = (isFast ? upRows : filterRows)(band, width * 3, above)
      above = band.subarray(-width * 3)
      pixels?.update(band)
      sum = adler32(rows, sum)
      yield rows
    }
  }

  yield chunk('IDAT', zlibHead)
  for await (const packed of inOrder(filtered(), atOnce, (rows) => deflate(rows, packing)))
    yield chunk('IDAT', packed)
  const tail = Buffer.alloc(4)
  tail.writeUInt32BE(sum)
  yield chunk('IDAT', Buffer.concat([lastBlock, tail]))

  if (after && pixels) yield* after(pixels.digest('hex'))
  yield chunk('IEND', Buffer.alloc(0))
}
