import { listCells, statusLine } from '#prisma'
import type { PageSheet } from '../state/page-sheet.ts'
import { checkStudy } from './check-study.ts'
import { ledger } from './ledger.ts'
import { pageStudy } from './page-study.ts'
import { readPack, readProgress } from './read-study.ts'
import { toWireCell, toWireStudy } from './to-wire.ts'

/** Studies up to this size come with their whole cells; larger ones with one digit per cell, the rest follows. */
const atOnce = 2_000

/** The study of a page with its cells, for every screen that shows them. */
export async function pageSheet(id: string): Promise<PageSheet> {
  const study = await pageStudy(id)
  const pack = await readPack(study.file.pack)
  const { size } = await checkStudy(study.file, pack)
  const [progress, start] = await Promise.all([
    readProgress(study),
    size <= atOnce
      ? listCells(ledger(), study.id, { limit: atOnce * 2 }).then(({ version, cells }) => ({
          version,
          cells: cells.map(toWireCell),
        }))
      : statusLine(ledger(), study.id, size).then(({ version, line }) => ({ version, statusLine: line })),
  ])

  return {
    study: toWireStudy(study, progress),
    pack,
    start: { size, edition: study.edition, progress, ...start },
  }
}
