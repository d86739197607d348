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
/** What a print that was cut off has left is of no use any more when nobody went on with it for so long. */
const keptMs = 86_400_000

/**
 * Prints what stands in the ledger under a key: to a file of this machine first, then into the blobs, then the row
 * says so. Cut off, the next attempt on this machine goes on from the last finished piece, if the study still is what
 * it was. A cancellation is heard within a second.
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
    const folder = join(data, 'prints', key)
    const { extensions, mediaType, kind, pages } = formatNamed(format)
    const out = join(folder, `sheet.${extensions[0]}`)
    let isCutOff = false
    try {
      const plan = await planOf(ledger, study.file)
      await clearOld(join(data, 'prints'))
      await mkdir(folder, { recursive: true })
      const blob = await turn(async () => {
        await printSheet({
          sheet: composeSheet({ study, plan, cells, view, options, measure: measureByFont }),
          ...{ format, out, quality, resumes: true },
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
      await rm(folder, { recursive: true, force: true })
      await finishPrint(ledger, key, { blob, bytes: size })
      log.info({ study: study.id, print: key, format, bytes: size }, 'sheet printed')
    } catch (error) {
      if (stopped.signal.aborted) return
      isCutOff = context.cancellationSignal.aborted
      throw error
    } finally {
      clearInterval(beat)
      if (!isCutOff) await rm(folder, { recursive: true, force: true })
    }
  }
}

/** Removes what prints of long ago have left on this machine. */
async function clearOld(prints: string): Promise<void> {
  for (const name of await readdir(prints).catch(() => [])) {
    const path = join(prints, name)
    // Another print may be done with it at this very moment.
    const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: Number.POSITIVE_INFINITY }))
    if (mtimeMs < Date.now() - keptMs) await rm(path, { recursive: true, force: true })
  }
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
