'use client'

import { type RefObject, useLayoutEffect, useRef } from 'react'

const flightMs = 200
/** More cells than this move at once: nobody can follow them, and it would stutter. */
const mostFlying = 600

/** When `arrangement` is another one, cells fly from where they were to where they are now. */
export function useFlight(container: RefObject<HTMLElement | null>, arrangement: unknown): void {
  const before = useRef<{ arrangement: unknown; places: Map<string, DOMRect> } | null>(null)

  useLayoutEffect(() => {
    const cells = [...(container.current?.querySelectorAll<HTMLElement>('[data-seq]') ?? [])]
    if (cells.length > mostFlying) {
      before.current = null
      return
    }
    const places = new Map(cells.map((cell) => [cell.dataset.seq!, cell.getBoundingClientRect()]))
    const last = before.current
    before.current = { arrangement, places }
    if (!last || last.arrangement === arrangement || matchMedia('(prefers-reduced-motion: reduce)').matches)
      return

    for (const cell of cells) {
      const from = last.places.get(cell.dataset.seq!)
      const to = places.get(cell.dataset.seq!)!
      if (!from || (from.x === to.x && from.y === to.y)) continue
      cell.animate(
        [{ transform: `translate(${from.x - to.x}px, ${from.y - to.y}px)` }, { transform: 'none' }],
        {
          duration: flightMs,
          easing: 'cubic-bezier(0.2, 0, 0, 1)',
        },
      )
    }
  })
}
