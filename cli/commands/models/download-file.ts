import { rename, rm, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { fileHash } from '#diffusion'
import { TeststripError } from '#study'
import { fetchRest } from './fetch-rest.ts'

export interface Download {
  /** Final name; while it is incomplete it is called the same with `.part`. */
  path: string
  sha256: string
  /** Tried one after the other. */
  addresses: readonly string[]
  /** Bytes on disk, and of the whole file where the server says so. */
  onProgress?: (done: number, total: number | null) => void
  /** Milliseconds before a connection that broke is opened again. */
  pause?: number
}

/**
 * Fetches a file, from where an earlier attempt stopped. It gets its final name only when its SHA-256 is right, so
 * whatever a server sends, nothing else is ever found under that name.
 */
export async function downloadFile(download: Download): Promise<void> {
  const problems: string[] = []
  for (const address of download.addresses) {
    const problem = await tryAddress(address, download)
    if (problem === null) return
    problems.push(`${new URL(address).host}: ${problem}`)
  }

  throw new TeststripError(
    'unavailable',
    `${basename(download.path)} could not be fetched (${problems.join('; ')}).`,
    {
      addresses: download.addresses,
    },
  )
}

/** Why an address did not give the file; null when it did. */
async function tryAddress(address: string, download: Download): Promise<string | null> {
  const { path, sha256 } = download
  const part = `${path}.part`
  for (;;) {
    const resumed = (await stat(part).catch(() => null))?.size ?? 0
    const problem = await fetchRest({ ...download, address, part })
    if (problem) return problem
    const found = await fileHash(part)
    if (found === sha256) {
      await rename(part, path)

      return null
    }
    await rm(part)
    // What was there before may have been the beginning of another file: once more from the start.
    if (resumed === 0)
      return `it sent a file whose SHA-256 is ${found.slice(0, 12)}…, not ${sha256.slice(0, 12)}…`
  }
}
