'use client'

import { useState } from 'react'
import type { LiveStudy } from '../../shell/use-live-study.ts'
import { call, Refused } from '../../wire/call.ts'
import type { Progress, WireMark } from '../../wire/study.ts'

/** What a person can have done to a study, and why the last of it was refused. */
export function useCommands({ store, address }: LiveStudy) {
  const [failure, setFailure] = useState<string | null>(null)
  const attempt = async (work: () => Promise<unknown>) => {
    setFailure(null)
    await work().catch((error: unknown) =>
      setFailure(error instanceof Refused ? error.message : String(error)),
    )
  }

  return {
    failure,
    dismiss: () => setFailure(null),
    command: (what: string, body: unknown = {}) =>
      void attempt(async () => {
        store.setProgress(await call<Progress>(`${address}/${what}`, { body }))
      }),
    mark: (seqs: readonly number[], change: Partial<WireMark>) =>
      void attempt(async () => {
        store.change(seqs, change)
        await call(`${address}/marks`, { body: { seqs, ...change } })
      }),
  }
}

export type Commands = ReturnType<typeof useCommands>
