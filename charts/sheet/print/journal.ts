import { type FileHandle, open, readFile } from 'node:fs/promises'

interface Line {
  /** Bytes of the file that hold all up to here. */
  bytes: number
  note: unknown
}

/**
 * What a half-written file is known to hold: one line per mark, written only when the bytes before it are on disk. So
 * whatever is lost, the lines that can be read are true.
 */
export class Journal {
  readonly #data: FileHandle
  readonly #lines: FileHandle
  #waiting: Line[] = []
  #writing: Promise<void> = Promise.resolve()
  #failed: unknown = null

  private constructor(data: FileHandle, lines: FileHandle) {
    this.#data = data
    this.#lines = lines
  }

  /** Opens `path` where it was cut off, or at its beginning. The file is as long as its last mark says. */
  static async open(
    path: string,
  ): Promise<{ file: FileHandle; journal: Journal; bytes: number; notes: unknown[] }> {
    const lines = besides(path)
    const known = await readLines(lines)
    const file = await open(path, 'a')
    const { size } = await file.stat()
    while (known.length > 0 && known.at(-1)!.bytes > size) known.pop()
    const bytes = known.at(-1)?.bytes ?? 0
    await file.truncate(bytes)
    const notebook = await open(lines, 'w')
    await notebook.writeFile(known.map(toText).join(''))

    return { file, journal: new Journal(file, notebook), bytes, notes: known.map(({ note }) => note) }
  }

  /** Notes that the file holds all up to so many bytes. Does not wait for the disk. */
  mark(line: Line): void {
    if (this.#failed) throw this.#failed
    this.#waiting.push(line)
    if (this.#waiting.length === 1)
      this.#writing = this.#writing
        .then(() => this.#write())
        .catch((error) => {
          this.#failed = error
        })
  }

  /** Waits until everything marked is on disk. */
  async close(): Promise<void> {
    await this.#writing
    await this.#lines.close()
  }

  async #write(): Promise<void> {
    const lines = this.#waiting
    this.#waiting = []
    await this.#data.datasync()
    await this.#lines.appendFile(lines.map(toText).join(''))
  }
}

/** What was noted about a file while it was written. */
export const notesOf = async (path: string): Promise<unknown[]> =>
  (await readLines(besides(path))).map(({ note }) => note)

const besides = (path: string): string => `${path}.journal`
const toText = (line: Line): string => `${JSON.stringify(line)}\n`

/** The lines up to the first that is not whole; none where there is no such file. */
async function readLines(path: string): Promise<Line[]> {
  const lines: Line[] = []
  const text = await readFile(path, 'utf8').catch(() => '')
  for (const each of text.split('\n').slice(0, -1))
    try {
      lines.push(JSON.parse(each) as Line)
    } catch {
      break
    }

  return lines
}
