import { type FileHandle, open, rename, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, dirname } from 'node:path'
import type { Writable } from 'node:stream'
import { TeststripError } from '#study'

/** Where a printer's bytes go, in order. Waits while the other side is slow. */
export interface Sink {
  write(bytes: Uint8Array | string): Promise<void>
  /** Bytes written so far. */
  readonly bytes: number
  /** Folder for files that are needed only while printing: that of the result, so that both share its room. */
  readonly folder: string
}

type Fill = (sink: Sink) => Promise<void>

/**
 * Lets `fill` make a file that gets its name only when it is whole, or a stream, which is ended. When it fails the
 * file is gone, and a full disk is said as such.
 */
export async function toSink(out: string | Writable, fill: Fill): Promise<{ bytes: number }> {
  try {
    return typeof out === 'string' ? await toFile(out, fill) : await toStream(out, fill)
  } catch (error) {
    throw said(error, typeof out === 'string' ? basename(out) : 'the sheet')
  }
}

async function toFile(path: string, fill: Fill): Promise<{ bytes: number }> {
  const partial = `${path}.${process.pid}.part`
  const file = await open(partial, 'wx')
  try {
    const sink = new Counted(dirname(path), (bytes) => writeAll(file, bytes))
    await fill(sink)
    await file.close()
    await rename(partial, path)

    return { bytes: sink.bytes }
  } catch (error) {
    await file.close().catch(() => {})
    await rm(partial, { force: true })
    throw error
  }
}

async function writeAll(file: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length; ) at += (await file.write(bytes, at)).bytesWritten
}

async function toStream(stream: Writable, fill: Fill): Promise<{ bytes: number }> {
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
  const sink = new Counted(tmpdir(), async (bytes) => {
    check()
    if (!stream.write(bytes)) await ready(stream)
    check()
  })

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
  readonly #put: (bytes: Uint8Array) => Promise<void>
  #bytes = 0

  constructor(folder: string, put: (bytes: Uint8Array) => Promise<void>) {
    this.folder = folder
    this.#put = put
  }

  get bytes(): number {
    return this.#bytes
  }

  async write(chunk: Uint8Array | string): Promise<void> {
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk
    await this.#put(bytes)
    this.#bytes += bytes.length
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

const noRoom = new Set(['ENOSPC', 'EDQUOT', 'EFBIG'])

/** What the disk says as a sentence; other errors stay what they are. */
function said(error: unknown, name: string): unknown {
  const { code } = error as NodeJS.ErrnoException
  if (!code || !noRoom.has(code)) return error

  return new TeststripError(
    'unavailable',
    `There is no room for ${name}: the disk is full. Nothing is left under its name; make room and print again, or take a smaller size or another format.`,
    { code },
  )
}
