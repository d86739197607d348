import { type BlobStore, sweepBlobs } from '#blobs'
import {
  forgetBlobs,
  forgetCheckpoints,
  forgetLeftovers,
  forgetPrints,
  type Ledger,
  referencedBlobs,
  sweepRenders,
} from '#prisma'

const hour = 3_600_000
/** A deleted study is sometimes wanted back: its file finds its pictures still here. */
export const keptDays = 30
/** A sheet that nobody has asked for since is printed again when somebody does. */
const printDays = 14
/** Long past any writing of the row that names it. */
const checkpointGraceMs = hour

/**
 * Everything that is kept only for a while: renders no cell shows and what unfinished renders left behind, a month
 * after they were last touched; prints nobody asks for; then the bytes that nothing names any more, a day after they were stored.
 */
export async function tidyBlobs(options: {
  ledger: Ledger
  blobs: BlobStore
  now?: Date
}): Promise<{ renders: number; leftovers: number; blobs: number; bytes: number }> {
  const { ledger, blobs, now } = options
  const olderThanSeconds = keptDays * 86_400
  const renders = await sweepRenders(ledger, { olderThanSeconds })
  const leftovers = await forgetLeftovers(ledger, { olderThanSeconds })
  await forgetPrints(ledger, { olderThanSeconds: printDays * 86_400 })
  const { removed, bytes } = await sweepBlobs(blobs, {
    referenced: (shas) => referencedBlobs(ledger, shas),
    now,
  })
  await forgetBlobs(ledger, removed)

  return { renders, leftovers, blobs: removed.length, bytes }
}

/**
 * Checkpoints that a newer one, or the picture, has replaced. A fleet writes gigabytes of them in a day, so they do
 * not wait for the great sweep; nor is the store searched for them, the ledger knows their names.
 */
export async function tidyCheckpoints(options: {
  ledger: Ledger
  blobs: BlobStore
  now?: Date
}): Promise<number> {
  const { ledger, blobs, now = new Date() } = options
  const olderThan = new Date(now.getTime() - checkpointGraceMs)
  const shas = await forgetCheckpoints(ledger, { before: olderThan })
  for (const sha of shas) await blobs.delete(sha, { olderThan })

  return shas.length
}
