'use client'

import { useEffect, useRef, useState } from 'react'
import { call } from '../../wire/call.ts'
import type { WirePrint } from '../../wire/print.ts'

const lookMs = 300

/** A sheet on its way into a file, as the designer shows it. */
export type Printing =
  | { state: 'idle' }
  | { state: 'busy'; key: string | null; share: number }
  | { state: 'done'; print: WirePrint }
  | { state: 'failed'; says: string }

export interface Printer {
  now: Printing
  /** Resolves to the address of the file, null when it was cancelled or failed. */
  print: (
    studyId: string,
    wish: { query: Record<string, string>; format: string; page?: number },
  ) => Promise<string | null>
  cancel: () => void
}

/** Has sheets printed in the studio and looks how far they are. Leaving the page stops nothing. */
export function usePrint(): Printer {
  const [now, setNow] = useState<Printing>({ state: 'idle' })
  const gone = useRef(false)
  const current = useRef<string | null>(null)
  useEffect(() => {
    gone.current = false
    return () => {
      gone.current = true
    }
  }, [])

  const print: Printer['print'] = async (studyId, wish) => {
    setNow({ state: 'busy', key: null, share: 0 })
    try {
      let print = await call<WirePrint>(`/api/studies/${studyId}/prints`, { body: wish })
      current.current = print.key
      while (print.status === 'queued' || print.status === 'printing') {
        if (gone.current || current.current !== print.key) return null
        setNow({ state: 'busy', key: print.key, share: print.of > 0 ? print.drawn / print.of : 0 })
        await new Promise((resolve) => setTimeout(resolve, lookMs))
        print = await call<WirePrint>(`/api/prints/${print.key}`)
      }
      if (print.status === 'done') setNow({ state: 'done', print })
      else if (print.status === 'failed') setNow({ state: 'failed', says: print.error ?? 'It failed.' })
      else setNow({ state: 'idle' })

      return print.file
    } catch (error) {
      setNow({ state: 'failed', says: (error as Error).message })

      return null
    }
  }

  const cancel = () => {
    if (now.state !== 'busy' || !now.key) return
    void call(`/api/prints/${now.key}`, { method: 'DELETE' }).catch(() => undefined)
    current.current = null
    setNow({ state: 'idle' })
  }

  return { now, print, cancel }
}
