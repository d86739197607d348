import type { Prompts } from '../parameters/define.ts'
import { parameterNamed } from '../parameters/parameter.ts'
import { parseSchedule } from '../schedule/parse-schedule.ts'
import type { Axis } from './axis.ts'

/** The one line that `parseAxis` reads back into the same points. */
export function axisToText(axis: Pick<Axis, 'parameters' | 'points'>): string {
  return axis.parameters.map((name) => `${name}: ${valuesToText(axis, name)}`).join(' & ')
}

function valuesToText(axis: Pick<Axis, 'parameters' | 'points'>, name: Axis['parameters'][number]): string {
  const swaps = axis.points.map((point) => point.swap)
  if (name === 'text_prompts' && swaps[0])
    return `swap ${JSON.stringify(swaps[0].find)} for ${swaps.map((swap) => JSON.stringify(swap?.replace ?? '')).join(' | ')}`

  const values = axis.points.map((point) => point.patch[name])
  switch (parameterNamed(name)?.kind) {
    case 'schedule': {
      const numbers = values.map((value) => constantOf(String(value)))
      return numbers.every((number) => number !== null) ? numbers.join(', ') : values.join(' | ')
    }
    case 'prompts':
      return values.map((value) => promptsToText(value as Prompts)).join(' | ')
    case 'size':
      return values.map((value) => (value as number[]).join('x')).join(', ')
    case 'numbers':
    case 'saves':
      return values.map((value) => JSON.stringify(value)).join(' | ')
    case 'text':
    case 'keyframes':
    case 'image':
      return values.map((value) => value ?? 'none').join(' | ')
    default:
      return values.join(', ')
  }
}

function constantOf(schedule: string): number | null {
  const parsed = parseSchedule(schedule)

  return parsed.ok && parsed.runs.length === 1 && /^\[[^,\]]+\]\*1000$/.test(schedule)
    ? parsed.runs[0]![0]
    : null
}

function promptsToText(prompts: Prompts): string {
  const lines = Object.entries(prompts)
  const [only] = lines
  if (lines.length !== 1 || only![0] !== '0' || only![1].length !== 1) return JSON.stringify(prompts)

  const line = only![1][0]!
  const plain = line !== '' && line === line.trim() && !/^[[{"]|^swap\s|[|&\n"]/i.test(line)

  return plain ? line : JSON.stringify(line)
}
