'use client'

import { useEffect, useEffectEvent, useReducer, useRef, useState } from 'react'
import type { PackInfo, StudyFile } from '#study'
import { call, Refused } from '../../wire/call.ts'
import type { Preflight } from '../../wire/study.ts'
import { type Change, type Draft, draftOf, fileOf } from './draft.ts'
import { begun, type History, type Step, stepped } from './history.ts'

const typingMs = 450
const againMs = 3_000
const forecastMs = 250

export type Saving = { state: 'untouched' | 'saving' | 'saved' } | { state: 'failed'; says: string }

/** A draft that saves itself as one types: the first change makes the study, later ones replace its file. */
export function useDraft(start: { id: string | null; file: StudyFile; packs: readonly PackInfo[] }) {
  const packOf = (name: string) => start.packs.find((pack) => pack.name === name) ?? start.packs[0]!
  const [history, step] = useReducer(
    (before: History, what: Step) => stepped(before, what, packOf(before.now.file.pack)),
    start.file,
    (file) => begun(draftOf(file)),
  )
  const draft = history.now
  const [saving, setSaving] = useState<Saving>({ state: start.id ? 'saved' : 'untouched' })
  const kept = useRef({ id: start.id, draft, line: Promise.resolve() })
  const latest = useRef(draft)
  latest.current = draft

  /** Saves what there is now, after whatever is being saved; returns the id of the study. */
  const save = async (options: { keepalive?: boolean } = {}): Promise<string> => {
    const turn = kept.current.line.then(async () => {
      const now = latest.current
      if (kept.current.id !== null && kept.current.draft === now) return
      setSaving({ state: 'saving' })
      const body = fileOf(now)
      if (kept.current.id === null) {
        kept.current.id = (await call<{ id: string }>('/api/studies', { body, ...options })).id
        window.history.replaceState(null, '', `/studies/${kept.current.id}/edit`)
      } else await call(`/api/studies/${kept.current.id}`, { method: 'PUT', body, ...options })
      kept.current.draft = now
      setSaving({ state: 'saved' })
    })
    kept.current.line = turn.catch((error: unknown) =>
      setSaving({ state: 'failed', says: error instanceof Refused ? error.message : String(error) }),
    )
    await turn

    return kept.current.id!
  }

  // biome-ignore lint/correctness/useExhaustiveDependencies: a changed draft, or a save that failed, is what is waited for
  useEffect(() => {
    if (draft === kept.current.draft) return
    const timer = setTimeout(
      () => void save().catch(() => {}),
      saving.state === 'failed' ? againMs : typingMs,
    )
    return () => clearTimeout(timer)
  }, [draft, saving.state === 'failed' ? saving : null])

  const onHidden = useEffectEvent(() => {
    if (document.visibilityState === 'hidden' && latest.current !== kept.current.draft)
      void save({ keepalive: true }).catch(() => {})
  })
  useEffect(() => {
    const hidden = () => onHidden()
    document.addEventListener('visibilitychange', hidden)
    return () => document.removeEventListener('visibilitychange', hidden)
  }, [])

  return {
    draft,
    change: (change: Change) => step({ change, at: Date.now() }),
    undo: history.past.length > 0 ? () => step('undo') : null,
    redo: history.future.length > 0 ? () => step('redo') : null,
    // A change is being saved from the moment it is made, not from when its turn comes.
    saving:
      saving.state !== 'failed' && draft !== kept.current.draft ? ({ state: 'saving' } as const) : saving,
    save,
    /** Of the study this draft is saved as; null before the first change. */
    id: () => kept.current.id,
    pack: packOf(draft.file.pack),
  }
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
