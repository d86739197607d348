import type { HeaderBand, SheetBlock } from '../sheet-document.ts'

/** Some rows and columns of a block, `from` included, `to` not, with the labels that stand over them. */
export function sliceBlock(
  block: SheetBlock,
  { rows, columns }: { rows: [from: number, to: number]; columns: [from: number, to: number] },
): SheetBlock {
  return {
    ...block,
    columnBands: sliceBands(block.columnBands, columns),
    rowBands: sliceBands(block.rowBands, rows),
    cells: block.cells.slice(...rows).map((row) => row.slice(...columns)),
  }
}

function sliceBands(bands: readonly HeaderBand[], [from, to]: [number, number]): HeaderBand[] {
  return bands.map((band) => ({
    ...band,
    labels: band.labels
      .filter((label) => label.from < to && label.from + label.span > from)
      .map((label) => {
        const start = Math.max(label.from, from)

        return { ...label, from: start - from, span: Math.min(label.from + label.span, to) - start }
      }),
  }))
}
