import { createHash } from 'node:crypto'
import { open } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { isAddress, mostPictureBytes, shaOfReference, TeststripError } from '#study'
import { ask } from './api.ts'

export interface PictureOptions {
  /** may pictures be read from the web? */
  fetch?: boolean
}

/** The option of every command that reads pictures. */
export const fetchOption = [
  '--fetch',
  'also read pictures from the http(s) addresses that stand there; nothing is fetched otherwise',
] as const

const patienceMs = 30_000

/**
 * Reads the pictures that a file of settings or a study names: files relative to it, references from the running
 * Teststrip, and addresses only when asked to.
 */
export function picturesBeside(file: string, options: PictureOptions): (name: string) => Promise<Uint8Array> {
  return async (name) => {
    const sha = shaOfReference(name)
    if (sha) return kept(sha)
    if (isAddress(name)) return fetched(name, options)

    return ofFile(name, resolve(dirname(file), name))
  }
}

async function ofFile(name: string, path: string): Promise<Uint8Array> {
  const file = await open(path, 'r').catch((error: NodeJS.ErrnoException) => {
    throw new TeststripError(
      error.code === 'ENOENT' ? 'not_found' : 'invalid_input',
      error.code === 'ENOENT'
        ? `There is no picture "${name}" at ${path}; names are relative to the file that gives them.`
        : `The picture "${name}" cannot be opened at ${path} (${error.code}).`,
      { path },
    )
  })
  try {
    const { size } = await file.stat()
    if (size > mostPictureBytes) throw tooLarge(name, size)

    return await file.readFile()
  } finally {
    await file.close()
  }
}

async function kept(sha: string): Promise<Uint8Array> {
  const bytes = new Uint8Array(await (await ask(`/blobs/${sha}`)).arrayBuffer())
  if (createHash('sha256').update(bytes).digest('hex') !== sha)
    throw new TeststripError('internal', `The running Teststrip gave other bytes for the picture ${sha}.`)

  return bytes
}

async function fetched(address: string, options: PictureOptions): Promise<Uint8Array> {
  if (!options.fetch)
    throw new TeststripError(
      'invalid_input',
      `"${address}" is an address, and nothing is fetched from the web without being asked for: add --fetch, or save the picture and give its file name.`,
      { address },
    )

  const response = await fetch(address, { signal: AbortSignal.timeout(patienceMs) }).catch((error: Error) => {
    throw new TeststripError('unavailable', `The picture ${address} could not be fetched (${error.message}).`)
  })
  if (!response.ok)
    throw new TeststripError(
      'not_found',
      `The picture ${address} could not be fetched: the server answered ${response.status}.`,
    )

  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of response.body ?? []) {
    length += chunk.byteLength
    if (length > mostPictureBytes) throw tooLarge(address, length)
    chunks.push(chunk)
  }

  return Buffer.concat(chunks, length)
}

const tooLarge = (name: string, bytes: number) =>
  new TeststripError(
    'invalid_input',
    `The picture "${name}" has ${bytes} bytes; ${mostPictureBytes} are the most a picture may have.`,
  )
