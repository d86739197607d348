import { resolve } from 'node:path'
import { Command } from 'commander'
import { loadPack, packInfo } from '#diffusion'
import { TeststripError } from '#study'
import { print, printJson } from '../output.ts'
import { modelsFolder, packFolders } from '../packs.ts'

interface Found {
  folder: string
  name: string | null
  title: string | null
  hash: string | null
  clip: string[]
  problem: string | null
}

export function modelsCommand(): Command {
  const models = new Command('models')
    .description('Packs of network weights on this machine')
    .helpCommand(false)
  models.command('list').description('What is installed').option('--json', 'answer in JSON').action(list)
  models
    .command('verify')
    .description('Check every weight file against its SHA-256')
    .argument('[dir]', 'folder of one pack; all installed ones without it')
    .option('--json', 'answer in JSON')
    .action(verify)

  return models
}

async function list({ json }: { json?: boolean }): Promise<void> {
  const packs = await Promise.all((await packFolders()).map(look))
  if (json) return printJson(packs)

  if (packs.length === 0) print(`There is no pack in ${modelsFolder()}.`)
  for (const pack of packs)
    print(
      pack.problem
        ? `${pack.folder}: ${pack.problem}`
        : `${pack.name}  ${pack.title}  ${pack.clip.join(' + ')}  ${pack.folder}`,
    )
}

async function verify(dir: string | undefined, { json }: { json?: boolean }): Promise<void> {
  const packs = await Promise.all((dir ? [resolve(dir)] : await packFolders()).map(look))
  const broken = packs.filter((pack) => pack.problem)
  if (json) printJson(packs)
  else for (const pack of packs) if (!pack.problem) print(`${pack.name}: whole, ${pack.hash}`)

  if (packs.length === 0) throw new TeststripError('not_found', `There is no pack in ${modelsFolder()}.`)
  if (broken.length > 0)
    throw new TeststripError('pack_invalid', broken.map((pack) => pack.problem).join('\n'), {
      folders: broken.map((pack) => pack.folder),
    })
}

async function look(folder: string): Promise<Found> {
  try {
    const { name, title, hash, clip } = packInfo(await loadPack(folder))

    return { folder, name, title, hash, clip: clip.map((each) => each.name), problem: null }
  } catch (error) {
    return { folder, name: null, title: null, hash: null, clip: [], problem: (error as Error).message }
  }
}
