import { once } from 'node:events'
import { createDeflate } from 'node:zlib'
import { filterRows } from './filter-rows.ts'
import { chunk, headerChunk, signature } from './png-chunks.ts'

/**
 * A PNG file piece by piece from strips of RGB rows, so that neither the picture nor the file need be held whole.
 * `extra` are finished chunks that stand before the pixels.
 */
export async function* writePng(
  { width, height, extra }: { width: number; height: number; extra: readonly Buffer[] },
  strips: AsyncIterable<Uint8Array>,
): AsyncGenerator<Buffer> {
  yield signature
  yield headerChunk(width, height)
  yield chunk('sRGB', Buffer.from([0]))
  yield* extra

  const deflate = createDeflate({ level: 6, memLevel: 9, chunkSize: 1 << 18 })
  const feeding = feed(deflate, width * 3, strips)
  // A failure while feeding ends the stream below, and is thrown there.
  feeding.catch((error: Error) => deflate.destroy(error))
  for await (const data of deflate) yield chunk('IDAT', data as Buffer)
  await feeding

  yield chunk('IEND', Buffer.alloc(0))
}

async function feed(
  deflate: ReturnType<typeof createDeflate>,
  rowBytes: number,
  strips: AsyncIterable<Uint8Array>,
): Promise<void> {
  let before: Uint8Array | null = null
  for await (const strip of strips) {
    const rows = filterRows(strip, rowBytes, before)
    before = strip.slice(-rowBytes)
    if (!deflate.write(rows)) await once(deflate, 'drain')
  }
  deflate.end()
}
