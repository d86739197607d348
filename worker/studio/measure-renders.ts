import type { BlobStore } from '#blobs'
import { measurePng } from '#charts/measure'
import { addMetrics, type Ledger, unmeasuredRenders } from '#prisma'
import { reasonOf } from '../keep-trying.ts'
import type { Logger } from '../log.ts'

const batch = 50
/** The newest of the measures: a render without it was made before there were all. */
const newest = 'edgeDensity'

/**
 * Gives the renders of earlier versions, and those of imported studies, the pixel measures they lack. A batch at a
 * time, each kept at once: killed anywhere, it goes on where it was. A picture that cannot be read is told and left.
 */
export async function measureRenders(options: {
  ledger: Ledger
  blobs: BlobStore
  log: Logger
  signal?: AbortSignal
}): Promise<number> {
  const { ledger, blobs, log, signal } = options
  let measured = 0
  for (let after = ''; !signal?.aborted; ) {
    const renders = await unmeasuredRenders(ledger, { lacking: newest, after, limit: batch })
    const figures = new Map<string, Record<string, number>>()
    for (const { key, image, width_height, n_batches } of renders) {
      const png = await blobs.get(image)
      if (!png) continue
      await measurePng(png, { size: width_height, count: n_batches }).then(
        (found) => figures.set(key, found),
        (error: unknown) => log.warn({ key, image, reason: reasonOf(error) }, 'picture not measured'),
      )
    }
    if (figures.size > 0) measured += await addMetrics(ledger, figures)
    if (renders.length < batch) break
    after = renders.at(-1)!.key
  }

  return measured
}
