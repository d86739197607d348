export type { BlobStore, StoredBlob } from './blob-store.ts'
export { openBlobs } from './open-blobs.ts'
export { sweepBlobs } from './sweep-blobs.ts'
