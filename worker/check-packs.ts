import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { endPackCheck, type Ledger, takePackCheck, tellPackCheck } from '#prisma'
import type { PackContents } from '#study'
import { reasonOf } from './keep-trying.ts'
import type { Logger } from './log.ts'
import type { HeldPack } from './packs.ts'

const lookMs = 2_000
const tellMs = 500

interface CheckOptions {
  ledger: Ledger
  packs: ReadonlyMap<string, HeldPack>
  host: string
  log: Logger
  signal: AbortSignal
}

/** Hashes the files of packs whenever somebody asks for it, one pack after the other. */
export async function keepCheckingPacks(options: CheckOptions): Promise<void> {
  const { log, signal } = options
  while (!signal.aborted) {
    await checkOnePack(options).catch((error: unknown) => {
      if (!signal.aborted) log.warn({ reason: reasonOf(error) }, 'pack not checked, will try again')
    })
    await sleep(lookMs, undefined, { signal }).catch(() => undefined)
  }
}

/** Checks one pack that waits for it, if one does. */
export async function checkOnePack({ ledger, packs, host, log, signal }: CheckOptions): Promise<boolean> {
  const held = [...packs.values()]
  const taken = await takePackCheck(ledger, { hashes: held.map(({ info }) => info.hash), host })
  if (!taken) return false

  const { name, hash } = taken
  const { contents } = held.find(({ info }) => info.hash === hash)!.info
  let told = 0
  const problem = await checkContents(contents!, signal, async (readBytes) => {
    if (performance.now() - told < tellMs) return
    told = performance.now()
    await tellPackCheck(ledger, { name, host, readBytes })
  })
  await endPackCheck(ledger, { name, host, problem })
  log[problem ? 'error' : 'info']({ pack: name, problem }, 'pack checked')

  return true
}

/** Reads every file to its end: null, or the first thing that is not as it was. */
async function checkContents(
  { folder, files }: PackContents,
  signal: AbortSignal,
  onRead: (bytes: number) => Promise<void>,
): Promise<string | null> {
  let read = 0
  for (const { file, sha256 } of files) {
    const hash = createHash('sha256')
    try {
      for await (const chunk of createReadStream(join(folder, file), { highWaterMark: 1 << 20, signal })) {
        hash.update(chunk as Buffer)
        read += (chunk as Buffer).byteLength
        await onRead(read)
      }
    } catch (error) {
      signal.throwIfAborted()
      return `${file} cannot be read: ${reasonOf(error)}`
    }
    const found = hash.digest('hex')
    if (found !== sha256)
      return `${file} holds other bytes than when it was loaded: its SHA-256 is ${found.slice(0, 12)}…, not ${sha256.slice(0, 12)}…. Copy it again, then restart the worker.`
  }

  return null
}
