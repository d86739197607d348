'use client'

import { type RefObject, useEffect, useEffectEvent, useState } from 'react'
import type { Window } from '../../state/grid-layout.ts'
import { Signal } from '../../state/signal.ts'
import type { Room } from './sheet-layout.ts'

/**
 * Scroll position and size of a scrolling element, told at most once per frame, and outside React: scrolling is no
 * reason to render. `onRoom` hears of its outer size.
 */
export function useWindow(
  element: RefObject<HTMLElement | null>,
  onRoom: (room: Room) => void,
): Signal<Window> {
  const [seen] = useState(() => new Signal<Window>({ left: 0, top: 0, width: 1200, height: 800 }))
  const tell = useEffectEvent(onRoom)

  useEffect(() => {
    const box = element.current
    if (!box) return
    let frame = 0
    const look = () => {
      frame = 0
      const now = {
        left: box.scrollLeft,
        top: box.scrollTop,
        width: box.clientWidth,
        height: box.clientHeight,
      }
      const before = seen.read()
      if ((Object.keys(now) as (keyof Window)[]).some((key) => now[key] !== before[key])) seen.set(now)
    }
    const soon = () => {
      frame ||= requestAnimationFrame(look)
    }
    // The outer size, without scroll bars: a bar that came with a size chosen for no bar would flicker for ever.
    const measure = () => {
      tell({ width: box.offsetWidth, height: box.offsetHeight })
      soon()
    }
    measure()
    box.addEventListener('scroll', soon, { passive: true })
    const watcher = new ResizeObserver(measure)
    watcher.observe(box)

    return () => {
      cancelAnimationFrame(frame)
      box.removeEventListener('scroll', soon)
      watcher.disconnect()
    }
  }, [element, seen])

  return seen
}
