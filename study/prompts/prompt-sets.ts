import type { Prompts } from '../parameters/define.ts'
import { promptsAt } from './parse-prompt.ts'

/** Prompts and the frame from which they are in force. */
export interface PromptSet {
  from: number
  prompts: string[]
}

/** The sets of prompts that come into force in that many frames, beginning with those of frame 0. A still has one frame. */
export function promptSets(prompts: Prompts, frames: number): PromptSet[] {
  const keys = Object.keys(prompts)
    .map(Number)
    .filter((key) => Number.isInteger(key))
    .sort((a, b) => a - b)
  // The earliest set also holds before its own frame.
  const later = keys.slice(1).filter((key) => key > 0 && key < frames)

  return [0, ...later].map((from) => ({ from, prompts: promptsAt(prompts, from) }))
}
