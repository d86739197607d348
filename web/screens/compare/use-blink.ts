'use client'

import { useEffect, useState } from 'react'

const stillQuery = '(prefers-reduced-motion: reduce)'

/** Whose turn it is while blinking, the same for all pictures. Who wants less motion turns by hand. */
export function useBlink(isOn: boolean, seconds: number): { isTurn: boolean; turn: () => void } {
  const [isTurn, setTurn] = useState(false)

  useEffect(() => {
    if (!isOn || matchMedia(stillQuery).matches) return
    const timer = setInterval(() => setTurn((before) => !before), seconds * 1000)
    return () => clearInterval(timer)
  }, [isOn, seconds])

  return { isTurn: isOn && isTurn, turn: () => setTurn(!isTurn) }
}
