'use client'

import { type RefObject, useEffect, useEffectEvent, useLayoutEffect, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import type { Plan } from '#study'
import { visibleCount, type Window, zoomedWindow } from '../../state/grid-layout.ts'
import type { SheetGrid } from '../../state/sheet.ts'
import { Signal } from '../../state/signal.ts'
import { clampSize } from '../../state/view-url.ts'
import { fewElements, levels } from './paint-field.ts'
import { layoutOf, type SheetCamera, type SheetLayout } from './sheet-layout.ts'

/** So long after the last turn of the wheel a size counts as chosen. */
const settleMs = 240

/** What the wheel or two fingers have come to, ahead of what is rendered. */
interface Held {
  size: number
  timer: ReturnType<typeof setTimeout>
}

/**
 * Ctrl with the wheel, a pinch on a trackpad and two fingers change the size of the cells around where they point.
 * A few elements are laid out anew with every turn; many are drawn meanwhile, and only the camera moves until the
 * size is chosen. Answers with the camera, which otherwise goes with the scrolled window.
 */
export function useZoom(
  scroller: RefObject<HTMLElement | null>,
  options: {
    plan: Plan
    sheet: SheetGrid
    layout: SheetLayout
    seen: Signal<Window>
    /** Brings `seen` up to date. */
    look: () => void
    onSize: (size: number) => void
  },
): Signal<SheetCamera> {
  const { plan, sheet, layout, seen, look, onSize } = options
  const [camera] = useState(() => new Signal(atRest(layout, seen.read())))
  const held = useRef<Held | null>(null)
  const arriving = useRef<Window | null>(null)
  const fingers = useRef<{ apart: number; size: number } | null>(null)

  const follow = useEffectEvent(() => {
    if (!held.current) camera.set(atRest(layout, seen.read()))
  })
  /** The window comes to where it was meant to be, and the camera to the window. */
  const arrive = useEffectEvent(() => {
    const to = arriving.current
    arriving.current = null
    if (to) {
      scroller.current?.scrollTo(to)
      look()
    }
    follow()
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for every layout
  useLayoutEffect(() => arrive(), [layout])
  useEffect(() => seen.watch(() => follow()), [seen])

  const settle = useEffectEvent(() => {
    if (!held.current) return
    const { size, timer } = held.current
    clearTimeout(timer)
    arriving.current = camera.read().window
    held.current = null
    flushSync(() => onSize(size))
    // Out and back again is no new layout.
    if (arriving.current) arrive()
    delete scroller.current?.dataset.zooming
  })
  const zoom = useEffectEvent((to: number, at: { clientX: number; clientY: number }) => {
    const size = clampSize(to)
    const { layout: before, window } = camera.read()
    if (size === before.cellWidth) return
    const next = layoutOf(plan, sheet, size)
    const box = scroller.current!
    const edge = box.getBoundingClientRect()
    const moved = zoomedWindow(window, before, next, { x: at.clientX - edge.left, y: at.clientY - edge.top })
    if (!held.current && layout.cellWidth >= levels.cells && visibleCount(layout, window) <= fewElements) {
      arriving.current = moved
      onSize(size)
      return
    }
    clearTimeout(held.current?.timer)
    held.current = { size, timer: setTimeout(() => settle(), settleMs) }
    box.dataset.zooming = ''
    camera.set({ layout: next, window: moved, drawn: true })
  })
  const wanted = () => held.current?.size ?? layout.cellWidth
  const onWheel = useEffectEvent((event: WheelEvent) => {
    if (!event.ctrlKey && !event.metaKey) return settle()
    event.preventDefault()
    zoom(wanted() * Math.exp(-event.deltaY * 0.004), event)
  })
  const onTouch = useEffectEvent((event: TouchEvent) => {
    const [a, b] = event.touches
    if (!a || !b) {
      fingers.current = null
      return
    }
    event.preventDefault()
    const apart = Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY)
    fingers.current ??= { apart, size: wanted() }
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
    const press = () => settle()
    box?.addEventListener('wheel', wheel, { passive: false })
    box?.addEventListener('pointerdown', press, true)
    for (const name of ['touchstart', 'touchmove', 'touchend'] as const)
      box?.addEventListener(name, touch, { passive: false })
    return () => {
      clearTimeout(held.current?.timer)
      box?.removeEventListener('wheel', wheel)
      box?.removeEventListener('pointerdown', press, true)
      for (const name of ['touchstart', 'touchmove', 'touchend'] as const)
        box?.removeEventListener(name, touch)
    }
  }, [scroller])

  return camera
}

const atRest = (layout: SheetLayout, window: Window): SheetCamera => ({
  layout,
  window,
  drawn: layout.cellWidth < levels.cells,
})
