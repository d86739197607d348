import { mkdir, mkdtemp, open, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'

/** Those of this process: a number alone does not tell it from an earlier one that had the same. */
const held = new Set<string>()

export interface WorkFolder {
  path: string
  /** May it be kept when printing is cut off, to go on from there? */
  isKept: boolean
  /** Nobody works in it any more; it stays. */
  leave(): void
  remove(): Promise<void>
}

/**
 * A folder for the time of a print, beside its result, so that both share its room. With a name it is that of an
 * earlier print of the very same file, if there was one; one in which somebody else still works is left to them.
 */
export async function workFolder(parent: string, name?: string): Promise<WorkFolder> {
  const path = join(parent, `.teststrip-${name}`)
  const isOurs = name !== undefined && (await take(path))
  const taken = isOurs ? path : await mkdtemp(join(parent, '.teststrip-'))
  const leave = () => {
    held.delete(taken)
  }

  return {
    path: taken,
    isKept: isOurs,
    leave,
    remove: () => rm(taken, { recursive: true, force: true }).finally(leave),
  }
}

/** Is the folder ours now? It is, unless a process that lives says otherwise. */
async function take(path: string): Promise<boolean> {
  if (held.has(path)) return false
  held.add(path)
  await mkdir(path, { recursive: true })
  const lock = join(path, 'lock')
  for (;;) {
    try {
      const file = await open(lock, 'wx')
      await file.writeFile(String(process.pid))
      await file.close()

      return true
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') {
        held.delete(path)
        throw error
      }
    }
    const holder = Number(await readFile(lock, 'utf8').catch(() => ''))
    if (holder !== process.pid && isAlive(holder)) {
      held.delete(path)

      return false
    }
    await rm(lock, { force: true })
  }
}

function isAlive(pid: number): boolean {
  if (!pid) return false
  try {
    process.kill(pid, 0)

    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
