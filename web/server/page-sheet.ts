import { cache } from 'react'
import { listCells, statusLine } from '#prisma'
import { overviewFrom } from '../state/grid-layout.ts'
import type { PageSheet } from '../state/page-sheet.ts'
import { checkStudy } from './check-study.ts'
import { ledger } from './ledger.ts'
import { pageStudy } from './page-study.ts'
import { readPack, readProgress } from './read-study.ts'
import { toWireCell, toWireStudy } from './to-wire.ts'

/** What a page's study needs to be planned, and how many cells that makes; read once per page. */
export const pagePlan = cache(async (id: string) => {
  const study = await pageStudy(id)
  const pack = await readPack(study.file.pack)

  return { study, pack, size: (await checkStudy(study.file, pack)).size }
})

/**
 * The study of a page with its cells, for every screen that shows them. Studies that are first seen as pictures come
 * with their whole cells; larger ones with one digit per cell, the rest follows.
 */
export async function pageSheet(id: string): Promise<PageSheet> {
  const { study, pack, size } = await pagePlan(id)
  const line = size > overviewFrom ? statusLine(ledger(), id, size) : null
  const [progress, start] = await Promise.all([
    readProgress(
      study,
      line?.then(({ counts }) => counts),
    ),
    line
      ? line.then(({ version, line }) => ({ version, statusLine: line }))
      : listCells(ledger(), id, { limit: overviewFrom * 2 }).then(({ version, cells }) => ({
          version,
          cells: cells.map(toWireCell),
        })),
  ])

  return {
    study: toWireStudy(study, progress),
    pack,
    start: { size, edition: study.edition, progress, ...start },
  }
}
