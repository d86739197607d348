import type { SheetDocument } from '../sheet-document.ts'
import type { TextMaker } from './make-text.ts'
import type { Fill, SheetLayout, Swatch, TextBox } from './sheet-layout.ts'

interface Place {
  x: number
  y: number
  /** Of the content, margins not included. */
  width: number
  unit: number
  text: TextMaker
}

/** What the drawn signs mean: a swatch and a sentence each, one under the other. */
export function layoutLegend(
  legend: SheetDocument['legend'],
  { x, y, width, unit, text }: Place,
): { texts: TextBox[]; swatches: Swatch[]; bottom: number } {
  const side = Math.round(13 * unit)
  const indent = Math.round(22 * unit)
  const texts: TextBox[] = []
  const swatches: Swatch[] = []
  let at = y
  for (const entry of legend) {
    const box = text.make('legend', entry.text, {
      x: x + indent,
      y: at,
      width: width - indent,
      role: 'legend',
    })
    texts.push(box)
    swatches.push({
      state: entry.state,
      x,
      y: at + Math.round((box.lineHeight - side) / 2),
      width: side,
      height: side,
    })
    at += box.height + Math.round(4 * unit)
  }

  return { texts, swatches, bottom: at }
}

/**
 * Names and values in two columns; beside each other twice where the page is wide enough for most values. Long values
 * stand over the short ones up to the first of these, as prompts do, the others under them.
 */
export function layoutConditions(
  { heading, entries }: SheetDocument['conditions'],
  { x, y, width, unit, text }: Place,
): { texts: TextBox[]; bottom: number } {
  const head = text.make('heading', heading, { x, y, width, role: 'heading' })
  const texts = [head]
  const gap = Math.round(24 * unit)
  const between = Math.round(40 * unit)
  const half = Math.floor((width - between) / 2)
  const nameWidth = Math.min(
    Math.max(Math.round(144 * unit), ...entries.map(({ name }) => text.natural('condition', name))),
    Math.floor(width * 0.4),
  )
  const valueWidth = half - nameWidth - gap
  const isShort = (value: string) => text.natural('value', value) <= valueWidth
  const twice = width >= 640 * unit && entries.filter(({ value }) => isShort(value)).length >= 8
  const short = entries.filter(({ value }) => twice && isShort(value))
  const first = short[0] ? entries.indexOf(short[0]) : entries.length
  const above = entries.slice(0, first)
  const below = entries.slice(first).filter((entry) => !short.includes(entry))

  const place = (list: typeof entries, left: number, top: number, total: number) => {
    let at = top
    for (const { name, value } of list) {
      const label = text.make('condition', name, { x: left, y: at, width: nameWidth, role: 'condition' })
      const box = text.make('value', value, {
        x: left + nameWidth + gap,
        y: at,
        width: total - nameWidth - gap,
        role: 'value',
      })
      texts.push(label, box)
      at += Math.max(label.height, box.height) + Math.round(3 * unit)
    }

    return at
  }

  const top = place(above, x, y + head.height + Math.round(4 * unit), width)
  const split = Math.ceil(short.length / 2)
  const middle = Math.max(
    place(short.slice(0, split), x, top, half),
    place(short.slice(split), x + half + between, top, half),
  )

  return { texts, bottom: place(below, x, middle, width) }
}

/** The mark, the lines beside it and the QR, all standing on one bottom line. */
export function layoutFooter(
  { lines, qr }: SheetDocument['footer'],
  { x, y, width, unit, text }: Place,
): { texts: TextBox[]; fills: Fill[]; qr: NonNullable<SheetLayout['qr']>; bottom: number } {
  const module = Math.max(2, Math.round(2.5 * unit))
  const quiet = 4
  const side = (qr.size + 2 * quiet) * module
  const indent = Math.round(45 * unit)
  const textWidth = width - side - Math.round(24 * unit)

  const boxes: TextBox[] = []
  let at = 0
  for (const [i, line] of lines.entries()) {
    const left = i === 0 ? indent : 0
    const box = text.make('footer', line, { x: x + left, y: at, width: textWidth - left, role: 'footer' })
    boxes.push(box)
    at += box.height
  }
  const height = Math.max(side, at)
  const top = y + height - at
  const stripe = Math.round(5 * unit)
  const fills = [1, 0.8, 0.6, 0.4, 0.2].map(
    (strength, i): Fill => ({
      kind: 'stripe',
      strength,
      x: x + Math.round(i * 7.5 * unit),
      y: top + Math.round(1 * unit),
      width: stripe,
      height: Math.round(16 * unit),
    }),
  )

  return {
    texts: boxes.map((box) => ({ ...box, y: top + box.y })),
    fills,
    // The quiet zone may hang over the right and lower edge of the content: the margin is as empty as it is.
    qr: { ...qr, x: x + width - side, y: y + height - side, width: side, height: side, module },
    bottom: y + height,
  }
}
