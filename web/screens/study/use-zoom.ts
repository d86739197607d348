'use client'

import { type RefObject, useEffect, useEffectEvent, useLayoutEffect, useRef } from 'react'
import { cellsHeight, cellsWidth, type GridLayout } from '../../state/grid-layout.ts'
import { clampSize } from '../../state/view-url.ts'

/** Where the fingers or the pointer are in the window, and which part (0..1) of the cells is there. */
interface Anchor {
  x: number
  y: number
  across: number
  down: number
}

/** Ctrl with the wheel, a pinch on a trackpad and two fingers change the size of the cells around where they point. */
export function useZoom(
  scroller: RefObject<HTMLElement | null>,
  options: { layout: GridLayout; size: number; onSize: (size: number) => void },
): void {
  const { layout, size } = options
  const anchor = useRef<Anchor | null>(null)
  const wanted = useRef(size)
  const fingers = useRef<{ apart: number; size: number } | null>(null)
  wanted.current = size

  const zoom = useEffectEvent((to: number, at: { clientX: number; clientY: number }) => {
    const box = scroller.current!
    const edge = box.getBoundingClientRect()
    const x = at.clientX - edge.left - layout.headWidth
    const y = at.clientY - edge.top - layout.headHeight
    anchor.current = {
      x,
      y,
      across: (box.scrollLeft + x) / cellsWidth(layout),
      down: (box.scrollTop + y) / cellsHeight(layout),
    }
    options.onSize(clampSize(to))
  })
  const onWheel = useEffectEvent((event: WheelEvent) => {
    if (!event.ctrlKey && !event.metaKey) return
    event.preventDefault()
    zoom(wanted.current * Math.exp(-event.deltaY * 0.004), event)
  })
  const onTouch = useEffectEvent((event: TouchEvent) => {
    const [a, b] = event.touches
    if (!a || !b) {
      fingers.current = null
      return
    }
    event.preventDefault()
    const apart = Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY)
    fingers.current ??= { apart, size: wanted.current }
    zoom((fingers.current.size * apart) / fingers.current.apart, {
      clientX: (a.clientX + b.clientX) / 2,
      clientY: (a.clientY + b.clientY) / 2,
    })
  })

  // React's own listeners are passive, and the whole page would zoom along.
  useEffect(() => {
    const box = scroller.current
    const wheel = (event: WheelEvent) => onWheel(event)
    const touch = (event: TouchEvent) => onTouch(event)
    box?.addEventListener('wheel', wheel, { passive: false })
    for (const name of ['touchstart', 'touchmove', 'touchend'] as const)
      box?.addEventListener(name, touch, { passive: false })
    return () => {
      box?.removeEventListener('wheel', wheel)
      for (const name of ['touchstart', 'touchmove', 'touchend'] as const)
        box?.removeEventListener(name, touch)
    }
  }, [scroller])

  // biome-ignore lint/correctness/useExhaustiveDependencies: once for every size that was zoomed to
  useLayoutEffect(() => {
    const held = anchor.current
    anchor.current = null
    if (!held) return
    scroller.current?.scrollTo({
      left: held.across * cellsWidth(layout) - held.x,
      top: held.down * cellsHeight(layout) - held.y,
    })
  }, [layout.cellWidth])
}
