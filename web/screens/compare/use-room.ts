'use client'

import { type RefObject, useState, useSyncExternalStore } from 'react'

/** The size of an element, kept up to date; nothing before it is known. */
export function useRoom(element: RefObject<HTMLElement | null>): { width: number; height: number } {
  const [watch] = useState(() => {
    let room = { width: 0, height: 0 }
    return {
      subscribe: (listener: () => void) => {
        const box = element.current
        if (!box) return () => {}
        const observer = new ResizeObserver(() => {
          room = { width: box.clientWidth, height: box.clientHeight }
          listener()
        })
        observer.observe(box)
        return () => observer.disconnect()
      },
      read: () => room,
    }
  })

  return useSyncExternalStore(watch.subscribe, watch.read, watch.read)
}
