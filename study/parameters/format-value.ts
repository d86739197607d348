import { parseSchedule, type Run } from '../schedule/parse-schedule.ts'
import type { ParameterValue, Prompts } from './define.ts'
import type { Parameter } from './parameter.ts'

/** A value as people read it on labels and sheets. Nothing is shortened. */
export function formatValue(parameter: Pick<Parameter, 'kind'>, value: ParameterValue): string {
  if (value === null) return 'none'
  if (typeof value === 'boolean') return value ? 'on' : 'off'
  if (parameter.kind === 'size' && Array.isArray(value)) return value.join(' × ')
  if (parameter.kind === 'schedule') return formatSchedule(String(value))
  if (Array.isArray(value)) return value.join(', ')
  if (typeof value === 'object') return formatPrompts(value)

  return String(value)
}

function formatSchedule(text: string): string {
  const parsed = parseSchedule(text)
  const only: Run | undefined = parsed.ok && parsed.runs.length === 1 ? parsed.runs[0] : undefined

  return only ? String(only[0]) : text.replace(/\s+/g, '')
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
