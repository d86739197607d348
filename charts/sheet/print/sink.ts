import { access, type FileHandle, rename } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import type { Writable } from 'node:stream'
import { TeststripError } from '#study'
import { Journal, notesOf } from './journal.ts'
import { workFolder } from './work-folder.ts'

/** Where a printer's bytes go, in order. Waits while the other side is slow. */
export interface Sink {
  write(bytes: Uint8Array | string): Promise<void>
  /** Bytes written so far. */
  readonly bytes: number
  /** Folder for files that are needed only while printing. */
  readonly folder: string
  /** Says that a print that is cut off may go on from here, and what it must know for that: plain JSON. */
  mark(note: unknown): void
  /** What an earlier print said before it was cut off, in order; empty at a fresh start. */
  readonly notes: readonly unknown[]
  /** A file of the folder, filled in the same way unless an earlier print has; then with what that said. */
  file(name: string, fill: Fill): Promise<{ path: string; notes: readonly unknown[] }>
}

type Fill = (sink: Sink) => Promise<void>

export interface ToSink {
  /** Names the bytes that will come: with it a print that is cut off leaves what it has, and the next one goes on. */
  resume?: string
  signal?: AbortSignal
}

/**
 * Lets `fill` make a file that gets its name only when it is whole, or a stream, which is ended. When it fails
 * everything is gone, and a full disk is said as such; only a print that is cut off is kept, where it may go on.
 */
export async function toSink(
  out: string | Writable,
  fill: Fill,
  options: ToSink = {},
): Promise<{ bytes: number }> {
  const isFile = typeof out === 'string'
  const folder = await workFolder(isFile ? dirname(out) : tmpdir(), isFile ? options.resume : undefined)
  let isCutOff = false
  try {
    return isFile ? await toFile(out, folder, fill) : await toStream(out, folder.path, fill)
  } catch (error) {
    isCutOff = folder.isKept && options.signal?.aborted === true
    throw said(error, isFile ? basename(out) : 'the sheet')
  } finally {
    if (isCutOff) folder.leave()
    else await folder.remove()
  }
}

type Place = { path: string; isKept: boolean }

async function toFile(path: string, place: Place, fill: Fill): Promise<{ bytes: number }> {
  const partial = join(place.path, `${basename(path)}.part`)
  const { file, journal, bytes, notes } = await Journal.open(partial)
  try {
    const sink = new Counted((piece) => writeAll(file, piece), { place, bytes, notes, journal })
    await fill(sink)
    await journal.close()
    await file.close()
    await rename(partial, path)

    return { bytes: sink.bytes }
  } catch (error) {
    await journal.close().catch(() => {})
    await file.close().catch(() => {})
    throw error
  }
}

async function writeAll(file: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length; ) at += (await file.write(bytes, at)).bytesWritten
}

async function toStream(stream: Writable, folder: string, fill: Fill): Promise<{ bytes: number }> {
  let failed: Error | null = null
  const fail = (error: Error) => {
    failed = error
  }
  stream.on('error', fail)
  const check = () => {
    if (failed) throw failed
    if (stream.destroyed)
      throw new TeststripError('cancelled', 'The other side no longer listens, so the sheet was not printed.')
  }
  const put = async (bytes: Uint8Array) => {
    check()
    if (!stream.write(bytes)) await ready(stream)
    check()
  }
  const sink = new Counted(put, { place: { path: folder, isKept: false } })

  try {
    await fill(sink)
    await new Promise<void>((resolve, reject) => {
      stream.once('error', reject)
      stream.end(() => resolve())
    })

    return { bytes: sink.bytes }
  } catch (error) {
    stream.destroy()
    throw failed ?? error
  }
}

class Counted implements Sink {
  readonly folder: string
  readonly notes: readonly unknown[]
  readonly #put: (bytes: Uint8Array) => Promise<void>
  readonly #place: Place
  readonly #journal: Journal | null
  #bytes: number

  constructor(
    put: (bytes: Uint8Array) => Promise<void>,
    {
      place,
      bytes = 0,
      notes = [],
      journal,
    }: { place: Place; bytes?: number; notes?: unknown[]; journal?: Journal },
  ) {
    this.#put = put
    this.#place = place
    this.folder = place.path
    this.#journal = (place.isKept && journal) || null
    this.notes = notes
    this.#bytes = bytes
  }

  get bytes(): number {
    return this.#bytes
  }

  async write(chunk: Uint8Array | string): Promise<void> {
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk
    await this.#put(bytes)
    this.#bytes += bytes.length
  }

  mark(note: unknown): void {
    this.#journal?.mark({ bytes: this.#bytes, note })
  }

  async file(name: string, fill: Fill): Promise<{ path: string; notes: readonly unknown[] }> {
    const path = join(this.folder, name)
    const isThere = await access(path).then(
      () => true,
      () => false,
    )
    if (isThere) return { path, notes: await notesOf(`${path}.part`) }
    await toFile(path, this.#place, fill)

    return { path, notes: [] }
  }
}

/** Waits until a stream takes more, or will never. */
function ready(stream: Writable): Promise<void> {
  return new Promise((resolve) => {
    const events = ['drain', 'close', 'error']
    const done = () => {
      for (const event of events) stream.off(event, done)
      resolve()
    }
    for (const event of events) stream.on(event, done)
  })
}

/** Codecs only say it in words. */
const noRoom = new Set(['ENOSPC', 'EDQUOT', 'EFBIG'])

/** What the disk says as a sentence; other errors stay what they are. */
function said(error: unknown, name: string): unknown {
  const { code, message } = error as NodeJS.ErrnoException
  if (!(code && noRoom.has(code)) && !/no space left on device|file too large/i.test(message)) return error

  return new TeststripError(
    'unavailable',
    `There is no room for ${name}: the disk is full. Nothing is left under its name; make room and print again, or take a smaller size or another format.`,
    { code },
  )
}
