'use client'

import { useRouter } from 'next/navigation'
import { useRef, useState } from 'react'
import { call, Refused } from '../../wire/call.ts'

export type Start = { run: () => void; isStarting: boolean; failure: string | null; elsewhere: string | null }

/**
 * Saves and starts once, however often it is pressed. A draft that another tab has started cannot take changes any
 * more; then `elsewhere` is the address of the running study.
 */
export function useStart(save: () => Promise<string>, id: () => string | null): Start {
  const router = useRouter()
  // State would be a render late for the second half of a double click.
  const isUnderWay = useRef(false)
  const [isStarting, setStarting] = useState(false)
  const [failure, setFailure] = useState<string | null>(null)
  const [elsewhere, setElsewhere] = useState<string | null>(null)

  const run = async () => {
    if (isUnderWay.current) return
    isUnderWay.current = true
    setStarting(true)
    setFailure(null)
    try {
      const study = await save()
      await call(`/api/studies/${study}/start`, { body: {} })
      router.push(`/studies/${study}`)
    } catch (error) {
      const isElsewhere =
        error instanceof Refused && error.code === 'conflict' && error.edition === undefined && id() !== null
      setElsewhere(isElsewhere ? `/studies/${id()}` : null)
      setFailure(
        isElsewhere
          ? 'This study was started in another tab; what you changed here since is not in it.'
          : error instanceof Refused
            ? error.message
            : String(error),
      )
      isUnderWay.current = false
      setStarting(false)
    }
  }

  return { run: () => void run(), isStarting, failure, elsewhere }
}
