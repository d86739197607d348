import { cellAt, studyFileToYaml } from '#study'
import type { ComposedSheet } from '../compose-sheet.ts'
import { pictureWithRecipe } from '../inside/picture-recipe.ts'
import type { SheetCell } from '../sheet-cell.ts'
import { cellFileName } from './cell-file-name.ts'
import { csvLine } from './csv-line.ts'
import { pictureExtension } from './html/picture-type.ts'
import { inOrder } from './in-order.ts'
import type { Printer } from './printer.ts'
import { ZipWriter } from './zip-writer.ts'

/** Pictures read ahead of the one that is written. */
const ahead = 8

/** Every picture as a file with its values in its name and its recipe inside; a table of all cells; the study. */
export const printZip: Printer = async ({ sheet, record, picture, sink, signal, progress, missing }) => {
  const { plan, embedded, cells } = sheet
  const zip = new ZipWriter(sink)
  await zip.add('study.yaml', Buffer.from(studyFileToYaml(embedded.file)))
  await zip.add('teststrip.json', Buffer.from(record))

  const rows = [csvLine(['cell', ...plan.axes.map((axis) => axis.name), ...columns])]
  const read = async (cell: SheetCell) => ({ cell, bytes: await readPicture(cell) })
  let done = 0
  for await (const { cell, bytes } of inOrder(cells, ahead, read)) {
    signal?.throwIfAborted()
    const name = bytes ? `cells/${cellFileName(plan, cell.seq)}.${pictureExtension(bytes)}` : ''
    if (bytes) await zip.add(name, pictureWithRecipe(bytes, recipeOf(sheet, cell)))
    rows.push(rowOf(sheet, cell, name))
    progress?.(++done, cells.length)
  }
  await zip.add('cells.csv', Buffer.from(`\uFEFF${rows.join('')}`))
  await zip.end()

  async function readPicture({ status, image }: SheetCell): Promise<Uint8Array | null> {
    if (status !== 'done' || !image) return null
    const bytes = await picture(image).catch(() => null)
    if (!bytes) missing(image)

    return bytes
  }
}

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
