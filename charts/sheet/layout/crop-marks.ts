import { moved } from './compose-page.ts'
import type { Fill, SheetLayout } from './sheet-layout.ts'

/** The page on a larger sheet: 3 mm of bleed all around, and at every corner two marks that say where to cut. */
export function withCropMarks(page: SheetLayout, dpi: number): SheetLayout {
  const mm = (length: number) => Math.round((length / 25.4) * dpi)
  const bleed = mm(3)
  const mark = mm(5)
  const rim = bleed + mark
  const line = Math.max(1, mm(0.1))
  const width = page.width + 2 * rim
  const height = page.height + 2 * rim
  const cut = { kind: 'cut' as const, strength: 1 }
  const marks = [rim, width - rim].flatMap((x) =>
    [rim, height - rim].flatMap((y): Fill[] => [
      { ...cut, x: x - (line >> 1), y: y === rim ? 0 : height - mark, width: line, height: mark },
      { ...cut, x: x === rim ? 0 : width - mark, y: y - (line >> 1), width: mark, height: line },
    ]),
  )
  const at = { x: rim, y: rim }

  return {
    ...page,
    width,
    height,
    texts: moved(page.texts, at),
    cells: moved(page.cells, at),
    fills: [...moved(page.fills, at), ...marks],
    swatches: moved(page.swatches, at),
    curves: moved(page.curves, at),
    qr: page.qr && moved([page.qr], at)[0]!,
  }
}
