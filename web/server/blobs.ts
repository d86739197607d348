import { type BlobStore, openBlobs } from '#blobs'
import { env } from './env.ts'
import { once } from './once.ts'

export const blobs = (): BlobStore => once('blobs', () => openBlobs(env().TESTSTRIP_BLOBS))
