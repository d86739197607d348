import { sheetOfStudy } from '#charts/print'
import { listCells } from '#prisma'
import type { View } from '#study'
import { blobs } from './blobs.ts'
import { checkStudy } from './check-study.ts'
import { ledger } from './ledger.ts'
import { readPack, readStudy } from './read-study.ts'

const page = 20_000

/** A study's sheet as PNG bytes, as its cells stand now; those without a picture are drawn as such. */
export async function printStudy(options: {
  id: string
  view?: View
  theme: 'light' | 'dark'
  /** Width of a cell in pixels. */
  cell?: number
  signal?: AbortSignal
}): Promise<{ title: string; png: Uint8Array }> {
  const { id, view, theme, cell, signal } = options
  const study = await readStudy(id)
  const plan = await checkStudy(study.file, await readPack(study.file.pack))
  const cells = []
  let version = '0'
  for (let more = true; more; ) {
    const read = await listCells(ledger(), id, { afterVersion: version, limit: page })
    cells.push(...read.cells)
    version = read.version
    more = read.more
  }
  const { png } = await sheetOfStudy({
    study: { id, title: study.title, file: study.file },
    plan,
    cells,
    view,
    options: { theme, cell, date: (study.finishedAt ?? study.updatedAt).toISOString().slice(0, 10) },
    picture: (sha) => blobs().get(sha),
    signal,
  })

  return { title: study.title, png }
}
