export type { BlobStore, StoredBlob } from './blob-store.ts'
export { openBlobs } from './open-blobs.ts'
export { sha256 } from './sha256.ts'
export { sweepBlobs } from './sweep-blobs.ts'
