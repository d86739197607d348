'use client'

import { type RefObject, useCallback, useEffectEvent, useLayoutEffect, useState } from 'react'
import type { Window } from '../../state/grid-layout.ts'
import { Signal } from '../../state/signal.ts'
import type { Room } from './sheet-layout.ts'

/**
 * Scroll position and size of a scrolling element, told at most once per frame, and outside React: scrolling is no
 * reason to render. `look` brings it up to date at once; `onRoom` hears of the outer size.
 */
export function useWindow(
  element: RefObject<HTMLElement | null>,
  onRoom: (room: Room) => void,
): { seen: Signal<Window>; look: () => void } {
  const [seen] = useState(() => new Signal<Window>({ left: 0, top: 0, width: 1200, height: 800 }))
  const tell = useEffectEvent(onRoom)
  const look = useCallback(() => {
    const box = element.current
    if (!box) return
    const now = {
      left: box.scrollLeft,
      top: box.scrollTop,
      width: box.clientWidth,
      height: box.clientHeight,
    }
    const before = seen.read()
    if ((Object.keys(now) as (keyof Window)[]).some((key) => now[key] !== before[key])) seen.set(now)
  }, [element, seen])

  // Before the first frame: it is drawn as large as it fits, not as it was guessed to.
  useLayoutEffect(() => {
    const box = element.current
    if (!box) return
    let frame = 0
    const soon = () => {
      frame ||= requestAnimationFrame(() => {
        frame = 0
        look()
      })
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
  }, [element, look])

  return { seen, look }
}
