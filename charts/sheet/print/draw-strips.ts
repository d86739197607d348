import type { Box, SheetLayout, TextBox } from '../layout/sheet-layout.ts'
import type { Theme } from '../themes.ts'
import { mix, Strip } from './canvas.ts'
import { drawCell, type Fitted, fitPicture } from './draw-cell.ts'
import { planStrips } from './plan-strips.ts'
import { textCoverage } from './text-coverage.ts'

/** Pictures decoded at the same time. */
const atOnce = 4

export interface DrawStrips {
  layout: SheetLayout
  theme: Theme
  picture: (sha: string) => Promise<Uint8Array | null>
  signal?: AbortSignal
  /** Called with the number of cells drawn so far. */
  progress?: (drawn: number, of: number) => void
}

/** The page from top to bottom as strips of RGB rows. Holds one strip, its pictures and the texts that cross it. */
export async function* drawStrips({
  layout,
  theme,
  picture,
  signal,
  progress,
}: DrawStrips): AsyncGenerator<Uint8Array> {
  const texts = new Pending(layout.texts, (box) => rimmed(box))
  const cells = new Pending(layout.cells, (box) => box)
  let drawn = 0

  for (const { top, height } of planStrips(layout)) {
    signal?.throwIfAborted()
    const strip = new Strip(layout.width, top, height, theme.background)

    const here = cells.in(strip)
    for (let i = 0; i < here.length; i += atOnce) {
      const some = here.slice(i, i + atOnce)
      const fitted = await Promise.all(some.map((cell) => fittedPicture(cell, layout, picture)))
      for (const [j, cell] of some.entries())
        drawCell(
          strip,
          fitted[j] ? cell : { ...cell, state: cell.state === 'picture' ? 'queued' : cell.state },
          theme,
          layout.unit,
          fitted[j]!,
        )
    }
    drawn += here.length
    progress?.(Math.min(drawn, layout.cells.length), layout.cells.length)

    drawFurniture(strip, layout, theme)
    for (const text of texts.in(strip)) {
      const { box, coverage } = await textCoverage(text)
      strip.cover(box, coverage, theme[text.tone])
    }

    yield strip.pixels
  }
}

async function fittedPicture(
  cell: SheetLayout['cells'][number],
  { kernel }: SheetLayout,
  picture: DrawStrips['picture'],
): Promise<Fitted | null> {
  if (cell.state !== 'picture' || !cell.image) return null
  const bytes = await picture(cell.image)

  return bytes ? fitPicture(bytes, cell, kernel) : null
}

function drawFurniture(strip: Strip, layout: SheetLayout, theme: Theme): void {
  for (const fill of layout.fills)
    if (strip.touches(fill))
      strip.fill(fill, fill.kind === 'line' ? theme.line : mix(theme.background, theme.ink, fill.strength))
  for (const swatch of layout.swatches)
    if (strip.touches(swatch)) drawCell(strip, swatch, theme, layout.unit, null)
  if (strip.touches(layout.qr)) drawQr(strip, layout.qr, theme)
}

/**
 * Dark on light in every theme: many readers do not see an inverted code. On a light page the margin is the quiet zone,
 * so the code moves to the corner of its box and ends where the cells end.
 */
function drawQr(strip: Strip, { module, size, modules, ...box }: SheetLayout['qr'], theme: Theme): void {
  const isLight = theme.background[0] > theme.ink[0]
  const [dark, light] = isLight ? [theme.ink, theme.background] : [theme.background, theme.ink]
  const free = box.width - size * module
  const quiet = isLight ? free : free / 2
  strip.fill(box, light)
  strip.pattern(box, dark, (x, y) => {
    const column = Math.floor((x - quiet) / module)
    const row = Math.floor((y - quiet) / module)

    return column >= 0 && row >= 0 && column < size && row < size && modules[row * size + column] === 1
  })
}

const rimmed = (box: TextBox): Box => {
  const rim = Math.ceil(box.size * 0.25)

  return { x: box.x, width: box.width, y: box.y - rim, height: box.height + 2 * rim }
}

/** Boxes in the order of their tops, dropped once the strips have passed them: a page of 100,000 is walked once. */
class Pending<T> {
  #waiting: { item: T; box: Box }[]
  #open: { item: T; box: Box }[] = []

  constructor(items: readonly T[], boxOf: (item: T) => Box) {
    this.#waiting = items.map((item) => ({ item, box: boxOf(item) })).sort((a, b) => b.box.y - a.box.y)
  }

  in(strip: Strip): T[] {
    while (this.#waiting.length > 0 && this.#waiting.at(-1)!.box.y < strip.top + strip.height)
      this.#open.push(this.#waiting.pop()!)
    this.#open = this.#open.filter(({ box }) => box.y + box.height > strip.top)

    return this.#open.filter(({ box }) => strip.touches(box)).map(({ item }) => item)
  }
}
