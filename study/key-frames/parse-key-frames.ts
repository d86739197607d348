import type { Problem } from '../errors.ts'
import { pythonFloat } from '../prompts/python-float.ts'

/** Frame number to value, in the order in which the frames were first named. */
export type KeyFrames = ReadonlyMap<number, number>

export type ParsedKeyFrames = { ok: true; keys: KeyFrames; text: string } | { ok: false; problem: Problem }

const keyFrame = /(\d+):\s*\((.*?)\)/gs

/**
 * Reads key frames such as `0: (1), 10: (1.05)` (DD `parse_key_frames`); whatever stands between them is passed over,
 * and of two values for a frame the later counts. A text without any key frame is one value for all frames: `1.05` is
 * read, and given back as `text`, as `0: (1.05)`.
 */
export function parseKeyFrames(text: string): ParsedKeyFrames {
  if (text === '') return failure('it is empty', 0)

  const found = [...text.matchAll(keyFrame)]
  if (found.length > 0) return valuesOf(found, text)

  const wrapped = `0: (${text})`

  return valuesOf([...wrapped.matchAll(keyFrame)], wrapped)
}

function valuesOf(found: RegExpExecArray[], text: string): ParsedKeyFrames {
  const keys = new Map<number, number>()

  for (const { 1: frame, 2: typed, index } of found) {
    const value = pythonFloat(typed!)
    if (value === null || !Number.isFinite(value))
      return failure(`"${typed!.trim()}" at frame ${Number(frame)} is not a number`, index)

    keys.set(Number(frame), value)
  }

  return { ok: true, keys, text }
}

function failure(reason: string, at: number): ParsedKeyFrames {
  return { ok: false, problem: { message: `${reason}; write it like 0: (0), 10: (1.5).`, at } }
}
