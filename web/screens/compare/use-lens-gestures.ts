'use client'

import { type PointerEvent, type RefObject, useEffect, useEffectEvent, useLayoutEffect, useRef } from 'react'
import { dragged, type Lens, pinched, wholePicture, zoomedAt } from './lens.ts'

type Point = { x: number; y: number }

/** Wheel and pinch to zoom, drag to move, press twice for the pixels: on an element through which the lens looks. */
export function useLensGestures(
  box: RefObject<HTMLElement | null>,
  lens: Lens,
  onLens: (lens: Lens) => void,
) {
  const fingers = useRef(new Map<number, Point>())
  // Two fingers move before the first of them is rendered: each goes on from where the other has come to.
  const latest = useRef(lens)
  useLayoutEffect(() => {
    latest.current = lens
  }, [lens])
  const go = (next: Lens) => {
    latest.current = next
    onLens(next)
  }

  /** A place on the screen as a share of the element. */
  const within = (event: { clientX: number; clientY: number }): Point => {
    const at = box.current!.getBoundingClientRect()
    return { x: (event.clientX - at.left) / at.width, y: (event.clientY - at.top) / at.height }
  }
  const onWheel = useEffectEvent((event: WheelEvent) => {
    event.preventDefault()
    go(zoomedAt(latest.current, Math.exp(-event.deltaY * 0.002), within(event)))
  })
  // React's own wheel listeners are passive, and a zooming page would scroll along.
  useEffect(() => {
    const element = box.current
    const listener = (event: WheelEvent) => onWheel(event)
    element?.addEventListener('wheel', listener, { passive: false })
    return () => element?.removeEventListener('wheel', listener)
  }, [box])

  const leave = (event: PointerEvent) => {
    fingers.current.delete(event.pointerId)
  }

  return {
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      if (event.button !== 0) return
      event.currentTarget.setPointerCapture(event.pointerId)
      fingers.current.set(event.pointerId, within(event))
    },
    onPointerMove: (event: PointerEvent<HTMLElement>) => {
      const before = fingers.current.get(event.pointerId)
      if (!before) return
      const now = within(event)
      const other = [...fingers.current].find(([id]) => id !== event.pointerId)?.[1]
      fingers.current.set(event.pointerId, now)
      if (other) go(pinched(latest.current, { still: other, from: before, to: now }))
      else if (latest.current.zoom > 1)
        go(dragged(latest.current, { x: now.x - before.x, y: now.y - before.y }))
    },
    onPointerUp: leave,
    onPointerCancel: leave,
    onDoubleClick: (event: { clientX: number; clientY: number }) =>
      go(latest.current.zoom > 1 ? wholePicture : zoomedAt(latest.current, 4, within(event))),
  }
}
