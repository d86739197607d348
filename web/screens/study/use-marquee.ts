'use client'

import { type PointerEvent, type RefObject, useRef, useState } from 'react'
import { cellLeft, cellTop, columnAt, type GridLayout, rowAt } from '../../state/grid-layout.ts'
import type { SheetGrid } from '../../state/sheet.ts'

const begins = 6

/** A rectangle in pixels of the scrolled content. */
export interface Marquee {
  left: number
  top: number
  width: number
  height: number
}

/** The cell under a pointer, or null beside the cells. */
export function cellUnder(
  box: HTMLElement,
  options: { layout: GridLayout; sheet: SheetGrid },
  at: { clientX: number; clientY: number },
): number | null {
  const { layout, sheet } = options
  const { x, y } = pointIn(box, layout, at)
  const edge = box.getBoundingClientRect()
  if (at.clientX - edge.left < layout.headWidth || at.clientY - edge.top < layout.headHeight) return null
  const column = columnAt(layout, x)
  const row = rowAt(layout, y)
  const inside =
    x - cellLeft(layout, column) <= layout.cellWidth &&
    y >= cellTop(layout, row) &&
    y - cellTop(layout, row) <= layout.cellHeight
  const seq = sheet.cell(row, column)

  return inside && x >= 0 && seq >= 0 ? seq : null
}

/** The cells of a rectangle between two corners of the sheet. */
export function cellsBetween(
  sheet: SheetGrid,
  a: { row: number; column: number },
  b: { row: number; column: number },
): number[] {
  const seqs: number[] = []
  for (let row = Math.min(a.row, b.row); row <= Math.max(a.row, b.row); row++)
    for (let column = Math.min(a.column, b.column); column <= Math.max(a.column, b.column); column++) {
      const seq = sheet.cell(row, column)
      if (seq >= 0) seqs.push(seq)
    }

  return seqs
}

/** A rectangle drawn with the mouse picks the cells it covers; added to those picked with Ctrl, ⌘ or Shift. */
export function useMarquee(
  scroller: RefObject<HTMLElement | null>,
  options: {
    layout: GridLayout
    sheet: SheetGrid
    onPick: (seqs: number[], add: boolean) => void
  },
) {
  const { layout, sheet } = options
  const from = useRef<{ x: number; y: number } | null>(null)
  const drawn = useRef(false)
  const [marquee, setMarquee] = useState<Marquee | null>(null)

  const onPointerDown = (event: PointerEvent) => {
    if (event.pointerType !== 'mouse' || event.button !== 0) return
    const box = scroller.current!
    const edge = box.getBoundingClientRect()
    // Not on the scroll bars, the headers, or a button in a cell.
    if (event.clientX - edge.left > box.clientWidth || event.clientY - edge.top > box.clientHeight) return
    if ((event.target as HTMLElement).closest('button')) return
    from.current = pointIn(box, layout, event)
    drawn.current = false
  }
  const onPointerMove = (event: PointerEvent) => {
    if (!from.current) return
    const box = scroller.current!
    const to = pointIn(box, layout, event)
    const width = Math.abs(to.x - from.current.x)
    const height = Math.abs(to.y - from.current.y)
    if (!drawn.current && width + height < begins) return
    if (!drawn.current) box.setPointerCapture(event.pointerId)
    drawn.current = true
    setMarquee({
      left: layout.headWidth + Math.min(to.x, from.current.x),
      top: layout.headHeight + Math.min(to.y, from.current.y),
      width,
      height,
    })
  }
  const onPointerUp = (event: PointerEvent) => {
    const start = from.current
    from.current = null
    if (!start || !drawn.current) return
    setMarquee(null)
    const end = pointIn(scroller.current!, layout, event)
    const corner = ({ x, y }: { x: number; y: number }) => ({
      row: rowAt(layout, y),
      column: columnAt(layout, x),
    })
    options.onPick(
      cellsBetween(sheet, corner(start), corner(end)),
      event.ctrlKey || event.metaKey || event.shiftKey,
    )
  }
  /** True once after a rectangle was drawn, whose end the browser also calls a click. */
  const wasDrawn = (): boolean => {
    const was = drawn.current
    drawn.current = false
    return was
  }

  return { marquee, wasDrawn, handlers: { onPointerDown, onPointerMove, onPointerUp } }
}

function pointIn(
  box: HTMLElement,
  layout: GridLayout,
  at: { clientX: number; clientY: number },
): { x: number; y: number } {
  const edge = box.getBoundingClientRect()

  return {
    x: at.clientX - edge.left + box.scrollLeft - layout.headWidth,
    y: at.clientY - edge.top + box.scrollTop - layout.headHeight,
  }
}
