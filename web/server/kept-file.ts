import { randomUUID } from 'node:crypto'
import { mkdir, readdir, readFile, rename, stat, unlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { env } from './env.ts'
import { once } from './once.ts'

/** Files of a folder beyond this go, oldest first; all of them can be made again. */
const mostFiles = 4_000

/** Bytes that are made once and kept in the data folder under a name that says what they are. */
export async function keptFile(
  folder: string,
  name: string,
  make: () => Promise<Uint8Array>,
): Promise<Uint8Array> {
  const path = join(env().TESTSTRIP_DATA, folder, name)
  const known = await readFile(path).catch(() => null)
  if (known) return known

  // Two who ask for the same at the same time share the work.
  const making = once('files being made', () => new Map<string, Promise<Uint8Array>>())
  const begun = making.get(path) ?? makeFile(folder, path, make).finally(() => making.delete(path))
  making.set(path, begun)

  return begun
}

async function makeFile(folder: string, path: string, make: () => Promise<Uint8Array>): Promise<Uint8Array> {
  const bytes = await make()
  const parent = join(env().TESTSTRIP_DATA, folder)
  const draft = `${path}.${randomUUID()}`
  await mkdir(parent, { recursive: true })
  await writeFile(draft, bytes)
  await rename(draft, path)
  await forgetOldest(parent)

  return bytes
}

async function forgetOldest(folder: string): Promise<void> {
  const names = await readdir(folder)
  if (names.length <= mostFiles) return
  const ages = await Promise.all(
    names.map(async (name) => {
      const path = join(folder, name)
      return { path, at: (await stat(path).catch(() => null))?.mtimeMs ?? 0 }
    }),
  )
  ages.sort((a, b) => a.at - b.at)
  for (const { path } of ages.slice(0, names.length - mostFiles * 0.9))
    await unlink(path).catch(() => undefined)
}
