import { resolve } from 'node:path'
import { TeststripError } from '#study'
import type { BlobStore } from './blob-store.ts'
import { FileBlobStore } from './file-blob-store.ts'

/**
 * The store at `where` (the value of TESTSTRIP_BLOBS): a folder, made when first needed.
 *
 * @example
 * const blobs = openBlobs('var/blobs')
 * const sha = await blobs.put(png, 'image/png')
 */
export const openBlobs = (where: string): BlobStore => {
  if (where.startsWith('s3://'))
    throw new TeststripError(
      'unavailable',
      `TESTSTRIP_BLOBS is '${where}', but this version keeps pictures in a folder only; S3 comes with a later one. Set it to a folder that every machine of the fleet can reach.`,
    )
  if (where.trim() === '')
    throw new TeststripError(
      'invalid_input',
      'TESTSTRIP_BLOBS is empty. Set it to the folder that keeps the pictures.',
    )

  return new FileBlobStore(resolve(where))
}
