import { type FileHandle, open, realpath } from 'node:fs/promises'
import { basename } from 'node:path'
import { TeststripError } from '#study'

/** A weight file being looked into. What is wrong with it is said in one sentence that names it. */
export class OpenFile {
  private constructor(
    private readonly handle: FileHandle,
    /** As it was asked for. */
    readonly path: string,
    readonly realPath: string,
    readonly size: number,
  ) {}

  /** Opens a file for as long as `use` runs. */
  static async with<T>(path: string, use: (file: OpenFile) => Promise<T>): Promise<T> {
    const missing = () => {
      throw weightsFailure(path, 'the file is missing or cannot be read.')
    }
    const handle = await open(path).catch(missing)
    try {
      const stat = await handle.stat()
      if (!stat.isFile()) throw weightsFailure(path, 'this is a folder, not a file of weights.')

      return await use(new OpenFile(handle, path, await realpath(path), stat.size))
    } finally {
      await handle.close()
    }
  }

  /** Bytes from `position`; fewer where the file ends before. */
  async read(position: number, length: number): Promise<Buffer> {
    const buffer = Buffer.alloc(Math.max(0, Math.min(length, this.size - position)))
    let done = 0
    while (done < buffer.length) {
      const { bytesRead } = await this.handle.read(buffer, done, buffer.length - done, position + done)
      if (bytesRead === 0) break
      done += bytesRead
    }

    return buffer.subarray(0, done)
  }

  /** Exactly `length` bytes from `position`, or the sentence that the file was cut off. */
  async readAll(position: number, length: number): Promise<Buffer> {
    const bytes = await this.read(position, length)
    if (bytes.length < length) this.fail('the file was cut off while copying or downloading; copy it again.')

    return bytes
  }

  fail(why: string): never {
    throw weightsFailure(this.path, why)
  }
}

function weightsFailure(path: string, why: string): TeststripError {
  return new TeststripError('pack_invalid', `${basename(path)}: ${why}`, { path })
}

/** A name out of a file, made safe to print. */
export function quoted(name: string): string {
  return JSON.stringify(name.length > 120 ? `${name.slice(0, 120)}…` : name)
}
