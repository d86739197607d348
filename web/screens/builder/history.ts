import type { PackInfo } from '#study'
import { type Change, changed, type Draft } from './draft.ts'

/** The draft with the way it came, so that any change can be taken back. */
export interface History {
  now: Draft
  past: readonly Draft[]
  future: readonly Draft[]
  /** What was changed last, and when; typing on in the same field is one change. */
  last: { what: string; at: number } | null
}

export type Step = { change: Change; at: number } | 'undo' | 'redo'

const typingOnMs = 1_200
const mostKept = 200

export const begun = (draft: Draft): History => ({ now: draft, past: [], future: [], last: null })

export function stepped(history: History, step: Step, pack: PackInfo): History {
  if (step === 'undo') return back(history)
  if (step === 'redo') return forth(history)
  const now = changed(history.now, step.change, pack)
  if (JSON.stringify(now.file) === JSON.stringify(history.now.file)) return history

  const what = fieldOf(step.change)
  const isTypingOn = history.last?.what === what && step.at - history.last.at < typingOnMs
  const past = isTypingOn ? history.past : [...history.past, history.now].slice(-mostKept)

  return { now, past, future: [], last: what === null ? null : { what, at: step.at } }
}

function back({ now, past, future }: History): History {
  const before = past.at(-1)

  return before
    ? { now: before, past: past.slice(0, -1), future: [now, ...future], last: null }
    : { now, past, future, last: null }
}

function forth({ now, past, future }: History): History {
  const [after, ...rest] = future

  return after
    ? { now: after, past: [...past, now], future: rest, last: null }
    : { now, past, future, last: null }
}

/** The field a change is typed into; null for what is done at a stroke. */
function fieldOf(change: Change): string | null {
  switch (change.kind) {
    case 'title':
      return 'title'
    case 'value':
      return `value ${change.name}`
    case 'edit axis':
    case 'edit skip':
      return `${change.kind} ${change.index}`
    default:
      return null
  }
}
