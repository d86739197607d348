'use client'

import { useEffect, useEffectEvent, useReducer, useRef, useState } from 'react'
import type { PackInfo, StudyFile } from '#study'
import { call, Refused } from '../../wire/call.ts'
import type { Preflight, WireStudy } from '../../wire/study.ts'
import { type Change, type Draft, draftOf, fileOf } from './draft.ts'
import { begun, type History, type Step, stepped } from './history.ts'

const typingMs = 450
const againMs = 3_000
const forecastMs = 250

export type Saving =
  | { state: 'untouched' | 'saving' | 'saved' }
  | { state: 'failed'; says: string }
  /** The draft was changed elsewhere since: nothing is saved until someone says which of the two stays. */
  | { state: 'torn'; edition: number }

/** A draft as it was last read or saved, which the next save replaces. */
export interface SavedDraft {
  id: string
  edition: number
}

/** A draft that saves itself as one types: the first change makes the study, later ones replace its file. */
export function useDraft(start: { saved: SavedDraft | null; file: StudyFile; packs: readonly PackInfo[] }) {
  const packOf = (name: string) => start.packs.find((pack) => pack.name === name) ?? start.packs[0]!
  const [history, step] = useReducer(
    (before: History, what: Step) => stepped(before, what, packOf(before.now.file.pack)),
    start.file,
    (file) => begun(draftOf(file)),
  )
  const draft = history.now
  const [saving, setSaving] = useState<Saving>({ state: start.saved ? 'saved' : 'untouched' })
  const kept = useRef({ saved: start.saved, draft, line: Promise.resolve() })
  /** Of theirs, while it is being taken over. */
  const taking = useRef<number | null>(null)
  const latest = useRef(draft)
  latest.current = draft

  /** Saves what there is now, after whatever is being saved; returns the id of the study. */
  const save = async (options: { keepalive?: boolean } = {}): Promise<string> => {
    const turn = kept.current.line.then(async () => {
      const now = latest.current
      const { saved } = kept.current
      if (saved && kept.current.draft === now) return
      setSaving({ state: 'saving' })
      const body = fileOf(now)
      if (saved) {
        const { edition } = await call<WireStudy>(`/api/studies/${saved.id}`, {
          method: 'PUT',
          body,
          edition: saved.edition,
          ...options,
        })
        kept.current.saved = { id: saved.id, edition }
      } else {
        kept.current.saved = await call<SavedDraft>('/api/studies', { body, ...options })
        window.history.replaceState(null, '', `/studies/${kept.current.saved.id}/edit`)
      }
      kept.current.draft = now
      setSaving({ state: 'saved' })
    })
    kept.current.line = turn.catch((error: unknown) => setSaving(notSaved(error)))
    await turn

    return kept.current.saved!.id
  }

  const torn = saving.state === 'torn' ? saving : null
  const takeTheirs = async () => {
    try {
      const { file, edition } = await call<WireStudy>(`/api/studies/${kept.current.saved!.id}`)
      taking.current = edition
      step({ change: { kind: 'fill', file }, at: Date.now() })
      setSaving({ state: 'saved' })
    } catch (error) {
      setSaving(notSaved(error))
    }
  }
  const keepMine = ({ edition }: { edition: number }) => {
    kept.current.saved = { id: kept.current.saved!.id, edition }
    void save().catch(() => {})
  }

  // biome-ignore lint/correctness/useExhaustiveDependencies: a changed draft, or a save that failed, is what is waited for
  useEffect(() => {
    if (taking.current !== null) {
      kept.current.saved = { id: kept.current.saved!.id, edition: taking.current }
      kept.current.draft = draft
      taking.current = null
    }
    if (draft === kept.current.draft || torn) return
    const timer = setTimeout(
      () => void save().catch(() => {}),
      saving.state === 'failed' ? againMs : typingMs,
    )
    return () => clearTimeout(timer)
  }, [draft, torn, saving.state === 'failed' ? saving : null])

  const onHidden = useEffectEvent(() => {
    if (document.visibilityState === 'hidden' && latest.current !== kept.current.draft && !torn)
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
      saving.state !== 'failed' && !torn && draft !== kept.current.draft
        ? ({ state: 'saving' } as const)
        : saving,
    save,
    /** What to do about a draft that was changed elsewhere; null while it was not. */
    torn: torn && { takeTheirs: () => void takeTheirs(), keepMine: () => keepMine(torn) },
    /** Of the study this draft is saved as; null before the first change. */
    id: () => kept.current.saved?.id ?? null,
    pack: packOf(draft.file.pack),
  }
}

function notSaved(error: unknown): Saving {
  if (!(error instanceof Refused)) return { state: 'failed', says: String(error) }
  if (error.edition !== undefined) return { state: 'torn', edition: error.edition }

  return { state: 'failed', says: error.message }
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
