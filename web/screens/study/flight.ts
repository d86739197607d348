'use client'

import { type RefObject, useLayoutEffect, useRef } from 'react'
import { cellLeft, cellTop, type GridLayout } from '../../state/grid-layout.ts'
import type { SheetGrid } from '../../state/sheet.ts'

const flightMs = 200
/** More cells than this move at once: nobody can follow them, and it would stutter. */
const mostFlying = 600

interface Arrangement {
  sheet: SheetGrid
  layout: GridLayout
}

/** When the axes are arranged otherwise, cells fly from where they were to where they are now. */
export function useFlight(container: RefObject<HTMLElement | null>, now: Arrangement): void {
  const { sheet, layout } = now
  const before = useRef<Arrangement | null>(null)

  useLayoutEffect(() => {
    const last = before.current
    before.current = { sheet, layout }
    if (!last || last.sheet === sheet || matchMedia('(prefers-reduced-motion: reduce)').matches) return
    const cells = container.current!.querySelectorAll<HTMLElement>('[data-seq]')
    if (cells.length > mostFlying) return

    for (const cell of cells) {
      const seq = Number(cell.dataset.seq)
      const [from, to] = [cornerOf(last, seq), cornerOf({ sheet, layout }, seq)]
      if (!from || !to || (from.x === to.x && from.y === to.y)) continue
      cell.animate(
        [{ transform: `translate(${from.x - to.x}px, ${from.y - to.y}px)` }, { transform: 'none' }],
        { duration: flightMs, easing: 'cubic-bezier(0.2, 0, 0, 1)' },
      )
    }
  }, [container, sheet, layout])
}

/** In pixels of the scrolled content. */
function cornerOf({ sheet, layout }: Arrangement, seq: number): { x: number; y: number } | null {
  const at = sheet.placeOf(seq)

  return (
    at && {
      x: layout.headWidth + cellLeft(layout, at.column),
      y: layout.headHeight + cellTop(layout, at.row),
    }
  )
}
