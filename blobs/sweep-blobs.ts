import type { BlobStore } from './blob-store.ts'

const day = 86_400_000
const batch = 500

/**
 * Removes blobs that nobody refers to any more. A blob is written before the row that names it, so what is younger
 * than `olderThanMs` (a day) stays whatever the ledger says.
 *
 * @param options.referenced those of the given names that are still needed
 * @returns the names removed and the bytes they took
 */
export const sweepBlobs = async (
  blobs: BlobStore,
  options: { referenced: (shas: string[]) => Promise<ReadonlySet<string>>; olderThanMs?: number; now?: Date },
): Promise<{ removed: string[]; bytes: number }> => {
  const before = new Date((options.now ?? new Date()).getTime() - (options.olderThanMs ?? day))
  const removed: string[] = []
  let bytes = 0
  let old: { sha: string; bytes: number }[] = []

  const removeUnreferenced = async () => {
    const needed = await options.referenced(old.map((blob) => blob.sha))
    for (const blob of old.filter((candidate) => !needed.has(candidate.sha))) {
      await blobs.delete(blob.sha, { olderThan: before })
      removed.push(blob.sha)
      bytes += blob.bytes
    }
    old = []
  }

  for await (const blob of blobs.list()) {
    if (blob.storedAt >= before) continue
    old.push(blob)
    if (old.length === batch) await removeUnreferenced()
  }
  if (old.length > 0) await removeUnreferenced()

  return { removed, bytes }
}
