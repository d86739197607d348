import { readFile, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import { knownFile } from '#diffusion'
import { TeststripError } from '#study'
import { modelsFolder } from '../../packs.ts'

const schema = z.strictObject({
  downloads: z
    .record(
      z.string(),
      z.strictObject({
        /** Tried one after the other. */
        from: z.array(z.url({ protocol: /^https?$/, error: 'must be http or https addresses' })).min(1),
        /** Needed for a file that Teststrip does not know. */
        file: z
          .string()
          .regex(/^[^/\\\0]+$/, 'must be the name of a file')
          .optional(),
        sha256: z
          .string()
          .regex(/^[0-9a-f]{64}$/, 'must be 64 hexadecimal digits')
          .optional(),
      }),
    )
    .default({}),
  /** Names for several downloads at once. */
  sets: z.record(z.string(), z.array(z.string()).min(1)).default({}),
})

/** A file that can be fetched. */
export interface Source {
  name: string
  file: string
  sha256: string
  from: readonly string[]
}

export interface Addresses {
  sources: readonly Source[]
  sets: Readonly<Record<string, readonly string[]>>
}

/**
 * Where weights can be fetched from: `downloads.yaml` of the installation, then that of the models folder, then the
 * file that TESTSTRIP_DOWNLOADS names. A later one replaces what an earlier one says of the same name.
 */
export async function readAddresses(): Promise<Addresses> {
  const root = resolve(import.meta.dirname, '../../..')
  const own = [join(root, 'models'), modelsFolder()].flatMap((folder) =>
    ['yaml', 'yml', 'json'].map((ending) => join(folder, `downloads.${ending}`)),
  )
  const named = process.env.TESTSTRIP_DOWNLOADS ? [resolve(process.env.TESTSTRIP_DOWNLOADS)] : []
  const sources = new Map<string, Source>()
  const sets: Record<string, readonly string[]> = {}
  for (const path of new Set([...own, ...named])) {
    if (!named.includes(path) && !(await stat(path).catch(() => null))) continue
    const list = await readList(path)
    for (const [name, entry] of Object.entries(list.downloads)) sources.set(name, complete(path, name, entry))
    Object.assign(sets, list.sets)
  }

  return { sources: [...sources.values()], sets }
}

async function readList(path: string): Promise<z.infer<typeof schema>> {
  const text = await readFile(path, 'utf8')
  let document: unknown
  try {
    document = parse(text)
  } catch (error) {
    throw invalid(path, `no YAML or JSON (${(error as Error).message.split('\n')[0]})`)
  }
  const parsed = schema.safeParse(document)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues

  throw invalid(path, `${z.core.toDotPath(issue!.path)}: ${issue!.message}`)
}

function complete(
  path: string,
  name: string,
  { from, file, sha256 }: { from: string[]; file?: string; sha256?: string },
): Source {
  const known = knownFile(name)
  if (known && sha256 && sha256 !== known.sha256)
    throw invalid(
      path,
      `${name}: the published file has the SHA-256 ${known.sha256}; give another file another name`,
    )
  const whole = { name, from, file: file ?? known?.file, sha256: sha256 ?? known?.sha256 }
  if (!whole.file || !whole.sha256)
    throw invalid(path, `${name}: a file that Teststrip does not know needs file and sha256`)

  return whole as Source
}

function invalid(path: string, why: string): TeststripError {
  return new TeststripError('invalid_input', `${path}: ${why}.`)
}
