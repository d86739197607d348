import { createHash } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { PrintRequest } from '#charts'
import { getPrint, losePrint, type Print, requestPrint, type Study } from '#prisma'
import { TeststripError } from '#study'
import type { WirePrint } from '../wire/print.ts'
import { blobs } from './blobs.ts'
import { ledger } from './ledger.ts'
import { motor } from './motor.ts'

/** Grows when equal requests would print other bytes than before. */
const printer = 3
const lookMs = 150

export const printPath = (key: string): string => `/api/prints/${key}`

/** What is asked for, with what the study adds to it: equal requests of one version of a study have one key. */
function printRequest(study: Study, wish: Omit<PrintRequest, 'version'>): PrintRequest {
  const { view, options, format, quality, page } = wish
  const date = (study.finishedAt ?? study.updatedAt).toISOString().slice(0, 10)

  return { version: study.version, view, options: { ...options, date }, format, quality, page }
}

/**
 * Has a sheet printed in the studio, unless it is there or under way already. Printing takes no time of this process:
 * it goes on whoever closes which tab.
 */
export async function askForPrint(study: Study, wish: Omit<PrintRequest, 'version'>): Promise<Print> {
  const request = printRequest(study, wish)
  const key = createHash('sha256')
    .update(JSON.stringify([printer, study.id, request]))
    .digest('hex')
  let print = await requestPrint(ledger(), { key, studyId: study.id, request })
  if (print.status === 'done' && !(await blobs().has(print.blob!))) {
    await losePrint(ledger(), key)
    print = await readPrint(key)
  }
  if (print.status !== 'done') await (await motor()).print(key)

  return print
}

/** Waits until a print has ended, or that long; printing goes on either way. */
export async function awaitPrint(
  print: Print,
  options: { ms: number; signal?: AbortSignal },
): Promise<Print> {
  const until = Date.now() + options.ms
  let now = print
  while ((now.status === 'queued' || now.status === 'printing') && Date.now() < until) {
    await sleep(lookMs, undefined, { signal: options.signal })
    now = await readPrint(print.key)
  }

  return now
}

export async function readPrint(key: string): Promise<Print> {
  const print = /^[0-9a-f]{64}$/.test(key) ? await getPrint(ledger(), key) : null
  if (!print)
    throw new TeststripError(
      'not_found',
      'There is no such print; ask for the sheet again to have it printed.',
    )

  return print
}

export const toWirePrint = ({ key, studyId, status, drawn, of, bytes, error }: Print): WirePrint => ({
  key,
  studyId,
  status,
  drawn,
  of,
  bytes,
  error,
  file: status === 'done' ? `${printPath(key)}/file` : null,
})
