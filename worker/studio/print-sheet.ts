import { mkdir, readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { Context } from '@temporalio/activity'
import type { BlobStore } from '#blobs'
import { composeSheet, formatNamed, printRequestSchema } from '#charts'
import { limited, measureByFont, printSheet } from '#charts/print'
import {
  allCells,
  beginPrint,
  finishPrint,
  getPrint,
  type Ledger,
  packNamed,
  recordBlob,
  reportPrint,
} from '#prisma'
import { makePlan, TeststripError } from '#study'
import type { PrintActivities } from '#workflows/activities'
import type { Logger } from '../log.ts'
import { existingStudy } from './move-study.ts'

export interface PrintOptions {
  ledger: Ledger
  blobs: BlobStore
  log: Logger
  /** Where files stand while they are written. */
  data: string
}

const beatMs = 1_000
/** Printed at the same time on one machine; others wait, and say that they live. */
const turn = limited(2)

/**
 * Prints what stands in the ledger under a key: to a file of this machine first, then into the blobs, then the row
 * says so. Cut off anywhere it is begun again, over the same file. A cancellation is heard within a second.
 */
export function createPrintSheet({ ledger, blobs, log, data }: PrintOptions): PrintActivities['printSheet'] {
  return async ({ key }) => {
    const context = Context.current()
    const print = await getPrint(ledger, key)
    if (!print) return

    const { view, options, format, quality, page } = printRequestSchema.parse(print.request)
    const study = await existingStudy(ledger, print.studyId)
    const cells = await allCells(ledger, study.id)
    if (!(await beginPrint(ledger, key, cells.length))) return

    const stopped = new AbortController()
    let drawn = 0
    const beat = setInterval(() => {
      context.heartbeat(drawn)
      // A ledger that is away for a moment is no reason to stop; the end of the print will tell.
      reportPrint(ledger, key, drawn).then(
        (isWanted) => isWanted || stopped.abort(),
        () => undefined,
      )
    }, beatMs)
    const folder = join(data, 'prints')
    const { extensions, mediaType, kind, pages } = formatNamed(format)
    const out = join(folder, `${key}.${extensions[0]}`)
    try {
      const plan = await planOf(ledger, study.file)
      await clear(folder, key)
      const blob = await turn(async () => {
        await printSheet({
          sheet: composeSheet({ study, plan, cells, view, options, measure: measureByFont }),
          ...{ format, out, quality },
          page: page ?? (pages || kind === 'moving' ? undefined : 0),
          picture: (sha) => blobs.get(sha),
          signal: AbortSignal.any([stopped.signal, context.cancellationSignal]),
          progress: (done, of) => {
            drawn = Math.round((cells.length * done) / Math.max(1, of))
          },
        })

        return blobs.putFile(out, mediaType)
      })
      const { size } = await stat(out)
      await recordBlob(ledger, { sha: blob, bytes: size, mediaType })
      await clear(folder, key)
      await finishPrint(ledger, key, { blob, bytes: size })
      log.info({ study: study.id, print: key, format, bytes: size }, 'sheet printed')
    } catch (error) {
      if (!stopped.signal.aborted) throw error
    } finally {
      clearInterval(beat)
      await clear(folder, key)
    }
  }
}

/** Nothing of this print is left on this machine, nor of a printer that was killed at it. */
async function clear(folder: string, key: string): Promise<void> {
  await mkdir(folder, { recursive: true })
  for (const name of await readdir(folder))
    if (name.startsWith(key)) await rm(join(folder, name), { force: true })
}

async function planOf(ledger: Ledger, file: Parameters<typeof makePlan>[0]) {
  const pack = await packNamed(ledger, file.pack)
  if (!pack)
    throw new TeststripError(
      'not_found',
      `No worker holds the pack '${file.pack}', so the study cannot be laid out.`,
    )
  const { plan, problems } = makePlan(file, pack)
  if (!plan)
    throw new TeststripError('invalid_input', problems[0]?.message ?? 'The study cannot be laid out.')

  return plan
}
