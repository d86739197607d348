import {
  archiveStudy,
  type CellChoice,
  includeCells,
  isStudyActive,
  renderAgain,
  setReference,
  setStudyLanes,
  setStudyPriority,
  skipCells,
  studyLanes,
} from '#prisma'
import { TeststripError } from '#study'
import type { Motor } from '#workflows'
import { ledger } from './ledger.ts'
import { log } from './log.ts'
import { motor } from './motor.ts'
import { readPack, readStudy } from './read-study.ts'
import { restartStudy } from './start-study.ts'

/** What may be changed of a study at any time, running or not: the ledger holds it, a running motor hears of it. */
export async function setLanes(id: string, lanes: number | null): Promise<void> {
  await readStudy(id)
  await setStudyLanes(ledger(), id, lanes)
  await tellIfActive(id, async (engine) => engine.setLanes(id, await studyLanes(ledger(), id)))
  log().info({ study: id, lanes }, 'study steered')
}

export async function setPriority(id: string, priority: 1 | 2 | 3 | 4 | 5): Promise<void> {
  await readStudy(id)
  await setStudyPriority(ledger(), id, priority)
  await tellIfActive(id, (engine) => engine.setPriority(id, priority))
  log().info({ study: id, priority }, 'study steered')
}

/** Leaves cells out by hand; what is being rendered for nobody else stops. */
export async function skip(id: string, choice: CellChoice): Promise<void> {
  await readStudy(id)
  const cells = await skipCells(ledger(), id, choice)
  log().info({ study: id, cells }, 'cells left out')
}

/** Takes them back: rendered at once unless the study is paused or cancelled. */
export async function unskip(id: string, choice: CellChoice): Promise<void> {
  await readStudy(id)
  const cells = await includeCells(ledger(), id, choice)
  log().info({ study: id, cells }, 'cells taken back')
  const { status } = await readStudy(id)
  if (cells > 0 && status === 'running') await (await motor()).start(id)
}

/** Makes finished pictures once more, on purpose; a paused or cancelled study keeps them for later. */
export async function makeAgain(id: string, { seqs }: { seqs: number[] }): Promise<void> {
  const study = await readStudy(id)
  const count = await renderAgain(ledger(), id, seqs)
  if (count > 0 && (study.status === 'running' || study.status === 'finished')) await restartStudy(study)
}

/** Has a worker measure how far every finished picture looks from one of them, now and as more are finished. */
export async function measureFrom(id: string, { seq }: { seq: number | null }): Promise<void> {
  const study = await readStudy(id)
  const pack = seq === null ? null : await readPack(study.file.pack)
  if (pack && !pack.lpips)
    throw new TeststripError(
      'conflict',
      `The pack ${pack.name} has no LPIPS network, so nothing can say how far its pictures are apart.`,
      { pack: pack.name },
    )
  await setReference(ledger(), id, seq)
  log().info({ study: id, seq }, 'reference chosen')
}

/** Into the archive, or back into the library. */
export async function putAside(id: string, archived: boolean): Promise<void> {
  await readStudy(id)
  await archiveStudy(ledger(), id, { archived })
}

async function tellIfActive(id: string, tell: (engine: Motor) => Promise<unknown>): Promise<void> {
  if (!isStudyActive((await readStudy(id)).status)) return
  try {
    await tell(await motor())
  } catch (error) {
    // It has just ended, or Temporal forgot it: it begins again with what the ledger says.
    if (!(error instanceof TeststripError && error.code === 'conflict')) throw error
  }
}
