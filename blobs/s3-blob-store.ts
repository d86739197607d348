import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import type { BlobStore, StoredBlob } from './blob-store.ts'
import { openS3, type S3Connection } from './open-s3.ts'
import { isMissing, s3Error } from './s3-error.ts'
import type { S3Location } from './s3-location.ts'
import { assertSha256, sha256, sha256OfFile } from './sha256.ts'

/**
 * Blobs as objects `prefix/ab/cd/<sha256>`, named as the files of the file store are: `aws s3 sync` moves a store
 * from one to the other. Endpoint, region and credentials come from the usual AWS variables and files, by way of
 * Amazon's own client.
 *
 * S3 shows an object only when all of it has arrived, and checks it against the SHA-256 sent along: an object under
 * a proper name is always whole.
 */
export class S3BlobStore implements BlobStore {
  private opened: Promise<S3Connection> | undefined

  constructor(private readonly location: S3Location) {}

  async put(bytes: Uint8Array, mediaType: string): Promise<string> {
    return this.send({ sha: sha256(bytes), length: bytes.byteLength, mediaType, body: () => bytes })
  }

  async putFile(path: string, mediaType: string): Promise<string> {
    const sha = await sha256OfFile(path)
    const { size } = await stat(path)

    return this.send({ sha, length: size, mediaType, body: () => createReadStream(path) })
  }

  async get(sha: string): Promise<Uint8Array | null> {
    const object = this.object(sha)

    return this.askFor(async ({ sdk, client }) => {
      const { Body } = await client.send(new sdk.GetObjectCommand(object))

      return Buffer.from(await Body!.transformToByteArray())
    })
  }

  async stream(sha: string): Promise<ReadableStream<Uint8Array> | null> {
    const object = this.object(sha)

    return this.askFor(async ({ sdk, client }) => {
      const { Body } = await client.send(new sdk.GetObjectCommand(object))

      return Body!.transformToWebStream() as ReadableStream<Uint8Array>
    })
  }

  async has(sha: string): Promise<boolean> {
    return (await this.storedAt(sha)) !== null
  }

  async delete(sha: string, options: { olderThan?: Date } = {}): Promise<void> {
    const object = this.object(sha)
    if (options.olderThan) {
      const storedAt = await this.storedAt(sha)
      if (storedAt === null || storedAt >= options.olderThan) return
    }

    await this.askFor(({ sdk, client }) => client.send(new sdk.DeleteObjectCommand(object)))
  }

  async *list(): AsyncIterable<StoredBlob> {
    const { bucket } = this.location
    const start = this.location.prefix === '' ? '' : `${this.location.prefix}/`
    let token: string | undefined
    do {
      const page = await this.ask(({ sdk, client }) =>
        client.send(
          new sdk.ListObjectsV2Command({ Bucket: bucket, Prefix: start, ContinuationToken: token }),
        ),
      )
      for (const { Key = '', Size = 0, LastModified = new Date() } of page.Contents ?? []) {
        const sha = Key.slice(-64)
        // Whatever else lies in the bucket is not ours.
        if (/^[0-9a-f]{64}$/.test(sha) && Key === start + path(sha))
          yield { sha, bytes: Size, storedAt: LastModified }
      }
      token = page.NextContinuationToken
    } while (token !== undefined)
  }

  /** Sent even if it is there already: that makes it young again, so that a sweep leaves it its day of grace. */
  private async send(blob: {
    sha: string
    length: number
    mediaType: string
    body: () => Uint8Array | Readable
  }): Promise<string> {
    const object = this.object(blob.sha)
    await this.ask(({ sdk, client }) =>
      client.send(
        new sdk.PutObjectCommand({
          ...object,
          Body: blob.body(),
          ContentLength: blob.length,
          ContentType: blob.mediaType,
          ChecksumSHA256: Buffer.from(blob.sha, 'hex').toString('base64'),
        }),
      ),
    )

    return blob.sha
  }

  private async storedAt(sha: string): Promise<Date | null> {
    const object = this.object(sha)

    return this.askFor(async ({ sdk, client }) => {
      const { LastModified } = await client.send(new sdk.HeadObjectCommand(object))

      return LastModified ?? new Date()
    })
  }

  private object(sha: string): { Bucket: string; Key: string } {
    const { bucket, prefix } = this.location

    return { Bucket: bucket, Key: [prefix, path(assertSha256(sha))].filter(Boolean).join('/') }
  }

  /** Amazon's client is large: it is loaded by those who use S3, at their first request. */
  private async ask<T>(work: (connection: S3Connection) => Promise<T>): Promise<T> {
    this.opened ??= openS3(this.location)
    const connection = await this.opened
    try {
      return await work(connection)
    } catch (error) {
      throw s3Error(error, { bucket: this.location.bucket, host: connection.host })
    }
  }

  /** The same about one object; null when it is not there. */
  private askFor<T>(work: (connection: S3Connection) => Promise<T>): Promise<T | null> {
    return this.ask((connection) =>
      work(connection).catch((error: unknown) => {
        if (isMissing(error)) return null
        throw error
      }),
    )
  }
}

const path = (sha: string): string => `${sha.slice(0, 2)}/${sha.slice(2, 4)}/${sha}`
