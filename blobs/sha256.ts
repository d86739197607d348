import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { TeststripError } from '#study'

/** The name of these bytes, or of a text as UTF-8. */
export const sha256 = (content: Uint8Array | string): string =>
  createHash('sha256').update(content).digest('hex')

/** The name of the bytes of a file, read piece by piece. */
export const sha256OfFile = async (path: string): Promise<string> => {
  const hash = createHash('sha256')
  for await (const piece of createReadStream(path)) hash.update(piece as Uint8Array)

  return hash.digest('hex')
}

/** A name from outside becomes part of a path: anything but 64 hex digits stops here. */
export const assertSha256 = (name: string): string => {
  if (/^[0-9a-f]{64}$/.test(name)) return name

  throw new TeststripError(
    'invalid_input',
    `A blob is named by 64 hexadecimal digits; got '${name.slice(0, 80)}'.`,
  )
}
