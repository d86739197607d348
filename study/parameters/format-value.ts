import { parseKeyFrames } from '../key-frames/parse-key-frames.ts'
import { parseSchedule, type Run } from '../schedule/parse-schedule.ts'
import type { ParameterValue, Prompts } from './define.ts'
import type { Parameter } from './parameter.ts'

/** A value as people read it on labels and sheets. Nothing is shortened but references to pictures. */
export function formatValue(parameter: Pick<Parameter, 'kind'>, value: ParameterValue): string {
  if (value === null) return 'none'
  if (typeof value === 'boolean') return value ? 'on' : 'off'
  if (parameter.kind === 'size' && Array.isArray(value)) return value.join(' × ')
  if (parameter.kind === 'schedule') return formatSchedule(String(value))
  if (parameter.kind === 'keyframes') return formatKeyFrames(String(value))
  if (Array.isArray(value)) return value.join(', ')
  if (typeof value === 'object') return shortened(formatPrompts(value))

  return parameter.kind === 'image' ? shortened(String(value)) : String(value)
}

/** References to pictures are for machines; eight digits tell them apart. */
const shortened = (text: string): string =>
  text.replace(/\bsha256:([0-9a-f]{8})[0-9a-f]{56}\b/g, 'picture $1')

function formatSchedule(text: string): string {
  const parsed = parseSchedule(text)
  const only: Run | undefined = parsed.ok && parsed.runs.length === 1 ? parsed.runs[0] : undefined

  return only ? String(only[0]) : text.replace(/\s+/g, '')
}

/** One value for all frames is shown as that value. */
function formatKeyFrames(text: string): string {
  const parsed = parseKeyFrames(text)
  const only = parsed.ok && parsed.keys.size === 1 ? parsed.keys.get(0) : undefined

  return only === undefined ? text : String(only)
}

function formatPrompts(prompts: Prompts): string {
  const frames = Object.entries(prompts)
  if (frames.length === 0) return 'none'

  return frames
    .map(([frame, lines]) =>
      frame === '0' ? lines.join(' · ') : `from frame ${frame}: ${lines.join(' · ')}`,
    )
    .join(' · ')
}
