import { findPacks } from '#diffusion'
import { print, printJson, say } from '../../output.ts'
import { modelsFolder } from '../../packs.ts'
import { lookAtAll } from './look.ts'

export async function list({ json }: { json?: boolean }): Promise<void> {
  const { places, loose } = await findPacks(modelsFolder())
  const packs = await lookAtAll(places)
  if (json) return printJson(packs)

  if (packs.length === 0) print(`There is no pack in ${modelsFolder()}.`)
  for (const pack of packs) {
    const extras = [pack.secondary && 'secondary', pack.lpips && 'LPIPS'].filter(Boolean)
    print(
      pack.problem
        ? `${pack.folder}: ${pack.problem}`
        : `${pack.name}  ${pack.title}  ${[...pack.clip, ...extras].join(' + ')}  ${pack.folder}`,
    )
  }
  for (const { path, problem, role } of loose) {
    if (problem) say(problem)
    else if (!role) say(`${path}: no file that Teststrip knows; it is not used.`)
  }
}
