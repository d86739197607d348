import type { SheetDocument } from '../sheet-document.ts'
import { composePage } from './compose-page.ts'
import type { MeasureText, SheetLayout } from './sheet-layout.ts'

/** Everything on one page, as large as its pictures ask for. */
export function layoutSheet(document: SheetDocument, measure: MeasureText): SheetLayout {
  return composePage({
    document,
    blocks: document.blocks,
    scale: { unit: nativeUnit(document), cell: document.pictures.cell },
    measure,
    frame: { width: null, height: null },
    foot: true,
  })
}

/** Type grows with the pictures, so that a chart of large ones still reads when it is seen as a whole. */
export function nativeUnit({ pictures: { cell }, blocks }: SheetDocument): number {
  const columns = Math.max(1, ...blocks.map((block) => block.cells[0]?.length ?? 0))
  const grown = Math.min((columns * cell.width) / 1100, cell.width / 200)

  return Math.max(1, Math.min(8, Math.floor(grown * 4) / 4))
}
