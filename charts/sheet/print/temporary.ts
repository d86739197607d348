import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'

/** A folder for the time of `work`, beside what it is needed for. */
export async function inTemporaryFolder<T>(parent: string, work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(parent, '.teststrip-'))
  try {
    return await work(folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
