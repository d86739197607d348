import { TeststripError } from '#study'

/** A SHA-256 in hex, with or without a file extension behind it. */
export function shaOf(text: string): string {
  const sha = text.replace(/\.[a-z0-9]+$/i, '').toLowerCase()
  if (!/^[0-9a-f]{64}$/.test(sha))
    throw new TeststripError('not_found', `"${text}" is not the SHA-256 of a picture.`)

  return sha
}
