import { randomUUID } from 'node:crypto'
import { constants, createReadStream } from 'node:fs'
import { copyFile, mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import type { BlobStore, StoredBlob } from './blob-store.ts'
import { assertSha256, sha256, sha256OfFile } from './sha256.ts'

/**
 * Blobs as files `ab/cd/<sha256>` under one folder. A file is written under a temporary name, synced and renamed, so
 * a file with a proper name is always whole; the folder may be shared by several machines. The media type is the
 * ledger's to remember: a file has none.
 */
export class FileBlobStore implements BlobStore {
  constructor(private readonly folder: string) {}

  async put(bytes: Uint8Array, _mediaType: string): Promise<string> {
    return this.place(sha256(bytes), bytes.byteLength, (temporary) => writeSynced(temporary, bytes))
  }

  async putFile(path: string, _mediaType: string): Promise<string> {
    const { size } = await stat(path)

    return this.place(await sha256OfFile(path), size, (temporary) => copySynced(path, temporary))
  }

  async get(sha: string): Promise<Uint8Array | null> {
    return orNull(readFile(this.path(sha)))
  }

  async stream(sha: string): Promise<ReadableStream<Uint8Array> | null> {
    const file = await orNull(open(this.path(sha), 'r'))
    if (!file) return null

    // Opened before the answer: a sweep in between cannot cut the stream short.
    return Readable.toWeb(createReadStream('', { fd: file })) as ReadableStream<Uint8Array>
  }

  async has(sha: string): Promise<boolean> {
    return (await orNull(stat(this.path(sha)))) !== null
  }

  async delete(sha: string, options: { olderThan?: Date } = {}): Promise<void> {
    const path = this.path(sha)
    const found = await orNull(stat(path))
    if (found && options.olderThan && found.mtime >= options.olderThan) return

    await rm(path, { force: true })
  }

  async *list(): AsyncIterable<StoredBlob> {
    for (const outer of await names(this.folder))
      for (const inner of await names(join(this.folder, outer)))
        for (const name of await names(join(this.folder, outer, inner))) {
          const path = join(this.folder, outer, inner, name)
          const found = await orNull(stat(path))
          if (!found) continue
          if (/^[0-9a-f]{64}$/.test(name)) yield { sha: name, bytes: found.size, storedAt: found.mtime }
          // What a killed writer left behind.
          else if (name.startsWith('.tmp-') && Date.now() - found.mtimeMs > 86_400_000)
            await rm(path, { force: true })
        }
  }

  /** Brings bytes under their name, by way of a temporary one that `write` fills. */
  private async place(
    sha: string,
    bytes: number,
    write: (temporary: string) => Promise<void>,
  ): Promise<string> {
    const path = this.path(sha)
    if (await this.keep(path, bytes)) return sha

    await mkdir(dirname(path), { recursive: true })
    const temporary = join(dirname(path), `.tmp-${randomUUID()}`)
    try {
      await write(temporary)
      await rename(temporary, path)
    } catch (error) {
      await rm(temporary, { force: true })
      throw error
    }
    await syncFolder(dirname(path))

    return sha
  }

  /** Already here and whole? Then it counts as written now, so that a sweep leaves it its day of grace. */
  private async keep(path: string, bytes: number): Promise<boolean> {
    const file = await orNull(open(path, 'r+'))
    if (!file) return false
    try {
      if ((await file.stat()).size !== bytes) return false
      const now = new Date()
      await file.utimes(now, now)

      return true
    } finally {
      await file.close()
    }
  }

  private path(sha: string): string {
    assertSha256(sha)

    return join(this.folder, sha.slice(0, 2), sha.slice(2, 4), sha)
  }
}

const writeSynced = async (path: string, bytes: Uint8Array): Promise<void> => {
  const file = await open(path, 'wx')
  try {
    await file.writeFile(bytes)
    await file.sync()
  } finally {
    await file.close()
  }
}

/** A copy, since the file may lie on another disk; most file systems share the bytes instead. */
const copySynced = async (from: string, to: string): Promise<void> => {
  await copyFile(from, to, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE)
  const file = await open(to, 'r+')
  try {
    await file.sync()
  } finally {
    await file.close()
  }
}

/** A rename is only safe once its folder is; systems that cannot sync a folder (Windows) do without. */
const syncFolder = async (path: string): Promise<void> => {
  const folder = await open(path, 'r').catch(() => null)
  await folder?.sync().catch(() => undefined)
  await folder?.close()
}

const names = async (folder: string): Promise<string[]> => (await orNull(readdir(folder))) ?? []

/** Null when there is no such file; any other failure stays one. */
const orNull = async <T>(promise: Promise<T>): Promise<T | null> => {
  try {
    return await promise
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return null
    throw error
  }
}
