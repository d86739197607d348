import { mkdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { fileHash, knownFile } from '#diffusion'
import { TeststripError } from '#study'
import { print, printJson, progressLine } from '../../output.ts'
import { modelsFolder } from '../../packs.ts'
import { type Addresses, readAddresses, type Source } from './addresses.ts'
import { downloadFile } from './download-file.ts'

export async function pull(names: string[], { json }: { json?: boolean }): Promise<void> {
  if (names.length === 0) return listAddresses(await readAddresses(), json)

  const pulled = await pullFiles(names)
  if (json) return printJson(pulled)
  for (const { path, fresh } of pulled) print(fresh ? path : `${path} was there already`)
}

export interface Pulled {
  path: string
  sha256: string
  /** False when it was there already. */
  fresh: boolean
}

/** Fetches files into the models folder, where they lie beside each other and make packs. */
export async function pullFiles(names: readonly string[]): Promise<Pulled[]> {
  const addresses = await readAddresses()
  const sources = new Map(
    names.flatMap((name) => sourcesOf(name, addresses)).map((source) => [source.file, source]),
  )
  await mkdir(modelsFolder(), { recursive: true })
  const pulled: Pulled[] = []
  for (const source of sources.values()) pulled.push(await pullOne(source))

  return pulled
}

async function pullOne({ file, sha256, from }: Source): Promise<Pulled> {
  const path = join(modelsFolder(), file)
  if (await stat(path).catch(() => null)) {
    if ((await fileHash(path)) === sha256) return { path, sha256, fresh: false }
    throw new TeststripError(
      'conflict',
      `${path} is there already, but its SHA-256 is not ${sha256.slice(0, 12)}…; move it away first.`,
    )
  }

  const progress = progressLine()
  try {
    await downloadFile({
      path,
      sha256,
      addresses: from,
      onProgress: (done, total) =>
        progress.show(`${file}  ${amount(done)}${total ? ` of ${amount(total)}` : ''}`),
    })
  } finally {
    progress.end()
  }

  return { path, sha256, fresh: true }
}

/** The downloads that a name stands for: its own, those of its set, or that of the file it answers to. */
function sourcesOf(name: string, { sources, sets }: Addresses): Source[] {
  const source = sources.find((each) => each.name === name || each.file === name)
  if (source) return [source]
  const set = Object.hasOwn(sets, name) ? sets[name] : undefined
  if (set) return set.flatMap((each) => sourcesOf(each, { sources, sets: {} }))
  const known = knownFile(name)
  const same = known && sources.find(({ sha256 }) => sha256 === known.sha256)
  if (same) return [same]

  throw new TeststripError(
    'not_found',
    known
      ? `No address is known for ${name}; put ${known.file} into ${modelsFolder()}, or name an address in its downloads.yaml.`
      : `There is no download named ${name}; "teststrip models pull" lists what there is.`,
  )
}

function listAddresses({ sources, sets }: Addresses, json?: boolean): void {
  if (json) {
    printJson({ sources, sets })
    return
  }
  for (const [name, all] of Object.entries(sets)) print(`${name}  ${all.join(' + ')}`)
  for (const { name, file, from } of sources)
    print(`${name}  ${file}  ${from.map((url) => new URL(url).host).join(', ')}`)
}

function amount(bytes: number): string {
  return `${(bytes / 1e6).toFixed(0)} MB`
}
