'use client'

import { useEffect, useEffectEvent } from 'react'

type Taker = (file: File) => void

let taker: Taker | null = null

/** Who takes files dropped on the page: the screen that asked for them, else nobody in particular. */
export const takerOfFiles = (): Taker | null => taker

/** Takes the files dropped anywhere while this screen is shown. */
export function useDroppedFiles(take: Taker): void {
  const onFile = useEffectEvent(take)

  useEffect(() => {
    const own = (file: File) => onFile(file)
    taker = own
    return () => {
      if (taker === own) taker = null
    }
  }, [])
}
