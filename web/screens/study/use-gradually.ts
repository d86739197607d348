'use client'

import { useEffect, useReducer, useRef } from 'react'

/** New elements per frame; few enough that no frame waits for them. */
const perFrame = 8

/** Which of the wanted cells are elements by now: all where they are `few`, else some more with every frame. */
export function useGradually(wanted: readonly number[], few: number): ReadonlySet<number> {
  const known = useRef<ReadonlySet<number>>(new Set(wanted))
  const [, again] = useReducer((times: number) => times + 1, 0)
  const atOnce = wanted.length <= few
  useEffect(() => {
    if (atOnce) {
      known.current = new Set(wanted)
      return
    }
    const missing = wanted.filter((seq) => !known.current.has(seq))
    if (missing.length === 0) return
    const frame = requestAnimationFrame(() => {
      const kept = wanted.filter((seq) => known.current.has(seq))
      known.current = new Set([...kept, ...missing.slice(0, perFrame)])
      again()
    })

    return () => cancelAnimationFrame(frame)
  })

  return atOnce ? new Set(wanted) : known.current
}
