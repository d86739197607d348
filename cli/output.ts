import { rename, rm, writeFile } from 'node:fs/promises'
import { TeststripError } from '#study'

/** Answers for machines: one JSON value on stdout. */
export function printJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value, null, 2)}\n`)
}

export function print(line: string): void {
  process.stdout.write(`${line}\n`)
}

/** Words for people while something runs, on stderr, so that stdout stays clean. */
export function say(line: string): void {
  process.stderr.write(`${line}\n`)
}

/** One line that renews itself on a terminal; elsewhere a new line at most every five seconds. */
export function progressLine(): { show(line: string): void; end(): void } {
  const isTerminal = process.stderr.isTTY
  let last = 0
  let shown = ''

  return {
    show(line) {
      if (line === shown) return
      if (isTerminal) process.stderr.write(`\r\x1b[2K${line}`)
      else if (Date.now() - last >= 5000) process.stderr.write(`${line}\n`)
      else return
      last = Date.now()
      shown = line
    },
    end() {
      if (isTerminal && shown !== '') process.stderr.write('\r\x1b[2K')
    },
  }
}

/** Writes a file under its final name only when it is complete. */
export async function writeWhole(path: string, bytes: Uint8Array | string): Promise<void> {
  const partial = `${path}.${process.pid}.part`
  try {
    await writeFile(partial, bytes)
    await rename(partial, path)
  } catch (error) {
    await rm(partial, { force: true })
    throw error
  }
}

/** A command line that cannot be meant: exit code 2. */
export function wrongUse(message: string): TeststripError {
  return new TeststripError('invalid_input', message, { wrongUse: true })
}
