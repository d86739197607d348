import { resolve } from 'node:path'
import { TeststripError } from '#study'
import type { BlobStore } from './blob-store.ts'
import { FileBlobStore } from './file-blob-store.ts'
import { S3BlobStore } from './s3-blob-store.ts'
import { parseS3Location } from './s3-location.ts'

/**
 * The store at `where` (the value of TESTSTRIP_BLOBS): a folder, made when first needed, or `s3://bucket/prefix`.
 * Nothing is asked of S3 before the first blob is.
 *
 * @example
 * const blobs = openBlobs('var/blobs')
 * const sha = await blobs.put(png, 'image/png')
 */
export const openBlobs = (where: string): BlobStore => {
  if (where.trim() === '')
    throw new TeststripError(
      'invalid_input',
      'TESTSTRIP_BLOBS is empty. Set it to the folder that keeps the pictures, or to s3://bucket/prefix.',
    )
  if (/^s3:/i.test(where)) return new S3BlobStore(parseS3Location(where))

  return new FileBlobStore(resolve(where))
}
