import { setTimeout as sleep } from 'node:timers/promises'
import type { BlobStore } from '#blobs'
import { addDistances, type Ledger, lackingDistances, type ReferencedStudy, referencedStudies } from '#prisma'
import { reasonOf } from '../keep-trying.ts'
import type { Logger } from '../log.ts'
import type { HeldPack } from '../packs.ts'
import { Measurer } from './measurer.ts'

const lookMs = 2_000
const atOnce = 50
/** The process stays for what the next renders bring. */
const idleMs = 60_000

interface MeasuringOptions {
  ledger: Ledger
  blobs: BlobStore
  packs: ReadonlyMap<string, HeldPack>
  log: Logger
  signal: AbortSignal
}

/**
 * Measures the pictures of studies that have a reference, as they are finished, against it: LPIPS by the study's own
 * pack. A batch at a time, each kept at once; several workers may do it.
 */
export async function keepMeasuringDistances(options: MeasuringOptions): Promise<void> {
  const { log, signal } = options
  const measurer = new Measurer()
  /** Where nothing was left to measure: by study, its reference and the version it had then. */
  const settled = new Map<string, string>()
  let busyAt = 0
  try {
    while (!signal.aborted) {
      const busy = await measureSome(options, measurer, settled).catch((error: unknown) => {
        if (!signal.aborted) log.warn({ reason: reasonOf(error) }, 'distances not measured, will try again')
        return false
      })
      if (busy) {
        busyAt = performance.now()
        continue
      }
      if (performance.now() - busyAt > idleMs) measurer.close()
      await sleep(lookMs, undefined, { signal }).catch(() => undefined)
    }
  } finally {
    measurer.close()
  }
}

/** Measures one batch of one study; false when there was none. */
async function measureSome(
  { ledger, blobs, packs, log }: MeasuringOptions,
  measurer: Measurer,
  settled: Map<string, string>,
): Promise<boolean> {
  const able = [...packs.values()].filter(({ info }) => info.lpips)
  const studies = await referencedStudies(ledger, { packHashes: able.map(({ info }) => info.hash) })
  const standing = ({ reference, version }: ReferencedStudy) => `${reference} ${version}`

  for (const study of studies) {
    if (settled.get(study.id) === standing(study)) continue
    const lacking = await lackingDistances(ledger, { studyId: study.id, limit: atOnce })
    const reference = await blobs.get(study.image)
    const pictures: { key: string; picture: Uint8Array }[] = []
    for (const { key, image } of reference ? lacking : []) {
      const picture = await blobs.get(image)
      if (picture) pictures.push({ key, picture })
    }
    if (!reference || pictures.length === 0) {
      settled.set(study.id, standing(study))
      continue
    }
    const { folder, info } = able.find((pack) => pack.info.hash === study.packHash)!
    const { distances, problems } = await measurer.measure({
      pack: { folder, hash: info.hash },
      reference,
      pictures,
    })
    for (const [key, reason] of problems) log.warn({ study: study.id, key, reason }, 'distance not measured')
    await addDistances(ledger, { studyId: study.id, reference: study.reference, distances })
    if (distances.size > 0) return true
    settled.set(study.id, standing(study))
  }

  return false
}
