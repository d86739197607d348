import { cellAt, studyFileToYaml } from '#study'
import type { ComposedSheet } from '../compose-sheet.ts'
import { pictureWithRecipe } from '../inside/picture-recipe.ts'
import type { SheetCell } from '../sheet-cell.ts'
import { cellFileName } from './cell-file-name.ts'
import { csvLine } from './csv-line.ts'
import { pictureExtension } from './html/picture-type.ts'
import { inOrder } from './in-order.ts'
import type { Printer } from './printer.ts'
import { type ZipNote, ZipWriter } from './zip-writer.ts'

/** Pictures read ahead of the one that is written. */
const ahead = 8
/** Cells from one note to the next, from where a print that was cut off goes on. */
const noted = 32

/** The first so many cells are in the file, and these are their rows since the note before. */
interface Note {
  done: number
  zip: ZipNote
  rows: string[]
  missing: string[]
}

/** Every picture as a file with its values in its name and its recipe inside; a table of all cells; the study. */
export const printZip: Printer = async ({ sheet, record, picture, sink, signal, progress, missing }) => {
  const { plan, embedded, cells } = sheet
  const notes = sink.notes as Note[]
  const zip = new ZipWriter(
    sink,
    notes.map((note) => note.zip),
  )
  for (const note of notes) note.missing.forEach(missing)
  if (notes.length === 0) {
    await zip.add('study.yaml', Buffer.from(studyFileToYaml(embedded.file)))
    await zip.add('teststrip.json', Buffer.from(record))
  }

  let done = notes.at(-1)?.done ?? 0
  let rows: string[] = []
  let gone: string[] = []
  const table = [csvLine(['cell', ...plan.axes.map((axis) => axis.name), ...columns])]
  for (const note of notes) table.push(...note.rows)
  const read = async (cell: SheetCell) => ({ cell, bytes: await readPicture(cell) })
  for await (const { cell, bytes } of inOrder(cells.slice(done), ahead, read)) {
    signal?.throwIfAborted()
    const name = bytes ? `cells/${cellFileName(plan, cell.seq)}.${pictureExtension(bytes)}` : ''
    if (bytes) await zip.add(name, pictureWithRecipe(bytes, recipeOf(sheet, cell)))
    else if (isFinished(cell)) gone.push(cell.image)
    rows.push(rowOf(sheet, cell, name))
    if (++done % noted === 0) {
      sink.mark({ done, zip: zip.note(), rows, missing: gone } satisfies Note)
      table.push(...rows)
      rows = []
      gone = []
    }
    progress?.(done, cells.length)
  }
  await zip.add('cells.csv', Buffer.from(`\uFEFF${[...table, ...rows].join('')}`))
  await zip.end()

  async function readPicture(cell: SheetCell): Promise<Uint8Array | null> {
    if (!isFinished(cell)) return null
    const bytes = await picture(cell.image).catch(() => null)
    if (!bytes) missing(cell.image)

    return bytes
  }
}

const isFinished = (cell: SheetCell): cell is SheetCell & { image: string } =>
  cell.status === 'done' && cell.image !== null

const columns = ['seed', 'status', 'file', 'sha256', 'render_key', 'rating', 'mark', 'note', 'error']

function rowOf({ plan }: ComposedSheet, cell: SheetCell, name: string): string {
  const { coords, recipe } = cellAt(plan, cell.seq)
  const labels = plan.axes.map((axis, i) => axis.points[coords[i]!]!.label)
  const facts = [
    recipe.seed,
    cell.status,
    name,
    cell.image,
    cell.renderKey,
    cell.rating,
    cell.mark,
    cell.note,
  ]

  return csvLine([cell.seq + 1, ...labels, ...facts, cell.error])
}

const recipeOf = ({ plan, embedded }: ComposedSheet, cell: SheetCell) => ({
  recipe: cellAt(plan, cell.seq).recipe,
  renderKey: cell.renderKey,
  pack: embedded.pack,
  study: embedded.study,
})
