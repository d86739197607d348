import { createHash } from 'node:crypto'
import { TeststripError } from '#study'

/** The name of these bytes. */
export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

/** A name from outside becomes part of a path: anything but 64 hex digits stops here. */
export const assertSha256 = (name: string): string => {
  if (/^[0-9a-f]{64}$/.test(name)) return name

  throw new TeststripError(
    'invalid_input',
    `A blob is named by 64 hexadecimal digits; got '${name.slice(0, 80)}'.`,
  )
}
