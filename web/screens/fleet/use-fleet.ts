import { useCallback, useEffect, useState } from 'react'
import { call, Refused } from '../../wire/call.ts'
import type { Fleet } from '../../wire/fleet.ts'

const againMs = 1_500

type DeviceChange = { id: string; aside?: boolean; memoryLimit?: number | null; batchLimit?: number | null }

/** The fleet as it is now, asked for again while the page is looked at; and what may be said to one device. */
export function useFleet(start: Fleet) {
  const [fleet, setFleet] = useState(start)
  const [problem, setProblem] = useState<string | null>(null)

  useEffect(() => {
    const asking = new AbortController()
    const timer = setInterval(() => {
      if (document.hidden) return
      call<Fleet>('/api/devices', { signal: asking.signal }).then(
        (now) => {
          setFleet(now)
          setProblem(null)
        },
        (error: unknown) => error instanceof Refused && setProblem(error.message),
      )
    }, againMs)
    return () => {
      clearInterval(timer)
      asking.abort()
    }
  }, [])

  const change = useCallback(async (body: DeviceChange) => {
    try {
      setFleet(await call<Fleet>('/api/devices', { method: 'PATCH', body }))
      setProblem(null)
    } catch (error) {
      setProblem(error instanceof Refused ? error.message : 'That did not work.')
    }
  }, [])

  return { fleet, problem, change }
}
