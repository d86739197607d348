import { stat } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { findPacks, type LooseFile, looseFiles } from '#diffusion'
import { TeststripError } from '#study'
import { print, printJson, say } from '../../output.ts'
import { modelsFolder } from '../../packs.ts'
import { type LookedPack, lookAtAll } from './look.ts'

/** Fails when anything is not as its hash and its pack say. */
export async function verify(place: string | undefined, { json }: { json?: boolean }): Promise<void> {
  const { packs, loose } = await check(place && resolve(place))
  if (json) printJson([...packs, ...loose.filter(({ role }) => role?.part !== 'denoiser').map(plain)])
  else {
    for (const pack of packs) if (!pack.problem) print(`${pack.name}: whole, ${pack.hash}`)
    for (const { file, path, sha256, role, problem } of loose) {
      if (role && !problem) print(`${file}: whole, ${sha256}`)
      else if (!problem) say(`${path}: no file that Teststrip knows; it is not used.`)
    }
  }

  if (packs.length === 0 && loose.every(({ role }) => !role))
    throw new TeststripError(
      place ? 'pack_invalid' : 'not_found',
      `There is no pack in ${place ?? modelsFolder()}: neither a pack.json nor weights that Teststrip knows.`,
    )
  const problems = new Set([...loose, ...packs].flatMap(({ problem }) => problem ?? []))
  if (problems.size > 0) throw new TeststripError('pack_invalid', [...problems].join('\n'))
}

/** Looks at every file of one place, or of all that is installed. */
export async function check(place?: string): Promise<{ packs: LookedPack[]; loose: LooseFile[] }> {
  const { places, loose } = place ? await lookIn(place) : await findPacks(modelsFolder())

  return { packs: await lookAtAll(places), loose }
}

/** The packs and loose files of a folder, or one loose file. */
async function lookIn(place: string): Promise<{ places: string[]; loose: LooseFile[] }> {
  const isFolder = (await stat(place)).isDirectory()
  if (isFolder && (await stat(join(place, 'pack.json')).catch(() => null)))
    return { places: [place], loose: [] }
  const files = await looseFiles(isFolder ? place : dirname(place))
  const loose = isFolder ? files : files.filter(({ path }) => path === place)
  const places = loose.filter(({ role }) => role?.part === 'denoiser').map(({ path }) => path)

  // A folder without weights, or a file that is none, is said by loadPack.
  return loose.length === 0 ? { places: [place], loose } : { places, loose }
}

function plain({ path, file, name, sha256, role, problem }: LooseFile) {
  return { path, file, name, sha256, part: role?.part ?? null, problem }
}
