'use client'

import { type RefObject, useEffect, useEffectEvent, useState } from 'react'
import type { Window } from '../../state/grid-layout.ts'

/** Scroll position and size of a scrolling element, at most once per frame; `onRoom` hears of its outer size. */
export function useWindow(
  element: RefObject<HTMLElement | null>,
  onRoom: (room: { width: number; height: number }) => void,
): Window {
  const [seen, setSeen] = useState<Window>({ left: 0, top: 0, width: 1200, height: 800 })
  const tell = useEffectEvent(onRoom)

  useEffect(() => {
    const box = element.current
    if (!box) return
    let frame = 0
    const look = () => {
      frame = 0
      setSeen((before) => {
        const now = {
          left: box.scrollLeft,
          top: box.scrollTop,
          width: box.clientWidth,
          height: box.clientHeight,
        }
        const same = (Object.keys(now) as (keyof Window)[]).every((key) => now[key] === before[key])
        return same ? before : now
      })
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
  }, [element])

  return seen
}
