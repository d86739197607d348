'use client'

import { useEffect, useReducer, useRef, useState } from 'react'
import type { PackInfo, StudyFile } from '#study'
import { call, Refused } from '../../wire/call.ts'
import type { Preflight } from '../../wire/study.ts'
import { type Change, changed, type Draft, draftOf, fileOf } from './draft.ts'

const typingMs = 450
const forecastMs = 250

export type Saving = { state: 'untouched' | 'saving' | 'saved' } | { state: 'failed'; says: string }

/** A draft that saves itself as one types: the first change makes the study, later ones replace its file. */
export function useDraft(start: { id: string | null; file: StudyFile; packs: readonly PackInfo[] }) {
  const packOf = (name: string) => start.packs.find((pack) => pack.name === name) ?? start.packs[0]!
  const [draft, change] = useReducer(
    (before: Draft, what: Change) => changed(before, what, packOf(before.file.pack)),
    start.file,
    draftOf,
  )
  const [saving, setSaving] = useState<Saving>({ state: start.id ? 'saved' : 'untouched' })
  const kept = useRef({ id: start.id, draft, line: Promise.resolve() })
  const latest = useRef(draft)
  latest.current = draft

  /** Saves what there is now, after whatever is being saved; returns the id of the study. */
  const save = async (): Promise<string> => {
    const turn = kept.current.line.then(async () => {
      const now = latest.current
      if (kept.current.id !== null && kept.current.draft === now) return
      setSaving({ state: 'saving' })
      const body = fileOf(now)
      if (kept.current.id === null) {
        kept.current.id = (await call<{ id: string }>('/api/studies', { body })).id
        window.history.replaceState(null, '', `/studies/${kept.current.id}/edit`)
      } else await call(`/api/studies/${kept.current.id}`, { method: 'PUT', body })
      kept.current.draft = now
      setSaving({ state: 'saved' })
    })
    kept.current.line = turn.catch((error: unknown) =>
      setSaving({ state: 'failed', says: error instanceof Refused ? error.message : String(error) }),
    )
    await turn

    return kept.current.id!
  }

  // biome-ignore lint/correctness/useExhaustiveDependencies: a changed draft is what is waited for
  useEffect(() => {
    if (draft === kept.current.draft) return
    const timer = setTimeout(() => void save().catch(() => {}), typingMs)
    return () => clearTimeout(timer)
  }, [draft])

  return { draft, change, saving, save, pack: packOf(draft.file.pack) }
}

export type Forecasting = { answer: Preflight | null; stale: boolean; failure: string | null }

/** What the draft would cost, asked anew shortly after every change; the last answer stays until the next one. */
export function usePreflight(draft: Draft): Forecasting {
  const [forecast, setForecast] = useState<Forecasting>({ answer: null, stale: true, failure: null })

  useEffect(() => {
    const gone = new AbortController()
    setForecast((before) => (before.stale ? before : { ...before, stale: true }))
    const timer = setTimeout(() => {
      call<Preflight>('/api/preflight', { body: fileOf(draft), signal: gone.signal })
        .then((answer) => setForecast({ answer, stale: false, failure: null }))
        .catch((error: unknown) => {
          if (!gone.signal.aborted)
            setForecast({
              answer: null,
              stale: false,
              failure: error instanceof Refused ? error.message : String(error),
            })
        })
    }, forecastMs)

    return () => {
      clearTimeout(timer)
      gone.abort()
    }
  }, [draft])

  return forecast
}
