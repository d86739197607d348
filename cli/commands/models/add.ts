import { constants, copyFile, cp, mkdir, rename, rm, stat, symlink } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { fileHash, loadPack, looseFiles } from '#diffusion'
import { TeststripError } from '#study'
import { print, printJson } from '../../output.ts'
import { modelsFolder } from '../../packs.ts'

interface Options {
  link?: boolean
  json?: boolean
}

export async function add(dir: string, { link = false, json }: Options): Promise<void> {
  const added = await install(resolve(dir), link)
  if (json) return printJson(added)
  for (const { path, fresh } of added) print(fresh ? path : `${path} was there already`)
}

/**
 * Installs what another folder holds. It is checked before and after, and gets its final name only when it is
 * complete; what is there already, with the same hash, stays.
 */
export async function install(source: string, link: boolean): Promise<Added[]> {
  await stat(source)
  const isPack = await exists(join(source, 'pack.json'))

  return isPack ? [await addPack(source, link)] : addFiles(source, link)
}

export interface Added {
  path: string
  /** False when it was there already. */
  fresh: boolean
}

async function addPack(source: string, link: boolean): Promise<Added> {
  const { hash } = await loadPack(source)
  const path = join(modelsFolder(), 'packs', basename(source))
  if (await exists(path)) {
    const present = await loadPack(path).catch(() => null)
    if (present?.hash === hash) return { path, fresh: false }
    throw taken(path)
  }

  await place(path, async (partial) => {
    if (link) return symlink(source, partial)
    await cp(source, partial, { recursive: true, dereference: true, mode: constants.COPYFILE_FICLONE })
    if ((await loadPack(partial)).hash !== hash) throw changed(source)
  })

  return { path, fresh: true }
}

async function addFiles(source: string, link: boolean): Promise<Added[]> {
  const files = await looseFiles(source)
  const problem = files.find((file) => file.problem)?.problem
  if (problem) throw new TeststripError('pack_invalid', problem)
  const known = files.filter(({ role }) => role)
  if (known.length === 0)
    throw new TeststripError(
      'pack_invalid',
      `${source}: there is no pack.json in it and no file of weights that Disco Diffusion uses.`,
    )

  const added: Added[] = []
  for (const { path: from, file, sha256 } of known) {
    const path = join(modelsFolder(), file)
    const fresh = !(await exists(path))
    if (!fresh && (await fileHash(path)) !== sha256) throw taken(path)
    if (fresh)
      await place(path, async (partial) => {
        if (link) return symlink(from, partial)
        await copyFile(from, partial, constants.COPYFILE_FICLONE)
        if ((await fileHash(partial)) !== sha256) throw changed(from)
      })
    added.push({ path, fresh })
  }

  return added
}

/** Makes a file or folder under a name of its own, and renames it when it is complete. */
async function place(path: string, make: (partial: string) => Promise<void>): Promise<void> {
  await mkdir(resolve(path, '..'), { recursive: true })
  const partial = `${path}.${process.pid}.part`
  try {
    await make(partial)
    await rename(partial, path)
  } catch (error) {
    await rm(partial, { recursive: true, force: true })
    throw error
  }
}

async function exists(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null)) !== null
}

function taken(path: string): TeststripError {
  return new TeststripError('conflict', `${path} is there already with other weights; move it away first.`)
}

function changed(path: string): TeststripError {
  return new TeststripError('pack_invalid', `${path} changed while it was copied; nothing was installed.`)
}
