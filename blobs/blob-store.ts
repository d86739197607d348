/** Bytes named by what they are: the name of a blob is the SHA-256 of its bytes, in hex. */
export interface BlobStore {
  /** Keeps the bytes and returns their name. Idempotent; when it returns, the blob survives a power cut. */
  put(bytes: Uint8Array, mediaType: string): Promise<string>
  /** The same for a file that is too large to hold. */
  putFile(path: string, mediaType: string): Promise<string>
  /** Null when there is no such blob. */
  get(sha: string): Promise<Uint8Array | null>
  stream(sha: string): Promise<ReadableStream<Uint8Array> | null>
  has(sha: string): Promise<boolean>
  /** Removing what is not there is fine; `olderThan` spares a blob that was stored again since. */
  delete(sha: string, options?: { olderThan?: Date }): Promise<void>
  /** Everything in the store, in no order; the clean-up's way through it. */
  list(): AsyncIterable<StoredBlob>
}

export interface StoredBlob {
  sha: string
  bytes: number
  storedAt: Date
}
