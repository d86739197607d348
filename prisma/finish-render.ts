import { endClaim } from './end-claim.ts'
import type { Ledger } from './ledger.ts'
import { insertBlob } from './record-blob.ts'
import type { RenderTimings } from './types.ts'

/**
 * The picture is there: every cell that shows it, in every study, is done. Its bytes are in `blobs` already.
 *
 * @param options.thumbs width in pixels → blob of a WebP
 * @returns false when the claim was lost meanwhile; someone else renders the same picture, nothing has changed
 */
export const finishRender = (
  ledger: Ledger,
  options: {
    key: string
    claim: string
    image: string
    bytes: number
    width: number
    height: number
    metrics: Record<string, number>
    seconds: number
    timings: RenderTimings
    thumbs?: Record<string, string>
  },
): Promise<boolean> => {
  const { key, claim, image, bytes, width, height, metrics, seconds, timings, thumbs } = options

  return endClaim(ledger, {
    key,
    claim,
    to: 'done',
    update: `update "Render"
      set status = 'done', claim = null, checkpoint = null, error = null, "finishedAt" = now(),
          image = $3, width = $4, height = $5, metrics = $6, seconds = $7, timings = $8, thumbs = $9
      where key = $1 and claim = $2 and status = 'rendering'`,
    values: [image, width, height, metrics, seconds, timings, thumbs ?? null],
    before: (client) => insertBlob(client, { sha: image, bytes, mediaType: 'image/png', width, height }),
  })
}
