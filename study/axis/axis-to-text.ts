import { clipNames } from '../parameters/catalogue.ts'
import type { Prompts } from '../parameters/define.ts'
import { parameterNamed } from '../parameters/parameter.ts'
import { parseSchedule } from '../schedule/parse-schedule.ts'
import { type Axis, axisParts, modelSet, type Point, runStep } from './axis.ts'
import type { PromptEdit } from './prompt-edit.ts'

/** The one line that `parseAxis` reads back into the same points. */
export function axisToText(axis: Pick<Axis, 'parameters' | 'points'>): string {
  return axisParts(axis.parameters)
    .map(
      (part) =>
        `${part}: ${part === modelSet ? axis.points.map(modelsOf).join(' | ') : part === runStep ? axis.points.map(shareOf).join(', ') : valuesToText(axis, part)}`,
    )
    .join(' & ')
}

const shareOf = ({ partial }: Point): string => `${partial}%`

function valuesToText(axis: Pick<Axis, 'parameters' | 'points'>, name: Axis['parameters'][number]): string {
  const edits = axis.points.flatMap(({ edit }) => edit ?? [])
  if (name === 'text_prompts' && edits.length > 0) return editsToText(edits)

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

const modelsOf = ({ patch }: Point): string => clipNames.filter((name) => patch[name]).join('+')

/** Edits of one axis are of one kind, and look for the same words where their kind says so. */
function editsToText(edits: readonly PromptEdit[]): string {
  const [first] = edits as [PromptEdit]
  switch (first.kind) {
    case 'swap':
      return `swap ${quoted(first.find)} for ${edits.map((edit) => quoted(edit.kind === 'swap' ? edit.replace : '')).join(' | ')}`
    case 'drop':
      return `drop ${edits.map((edit) => (edit.kind === 'drop' && edit.find !== '' ? quoted(edit.find) : 'nothing')).join(' | ')}`
    case 'weight':
      return `weight ${quoted(first.find)} ${edits.map((edit) => (edit.kind === 'weight' ? edit.weight : 1)).join(', ')}`
    case 'order':
      return `permute ${first.parts.map(quoted).join(' | ')}`
  }
}

const quoted = (text: string): string => JSON.stringify(text)

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
  const plain =
    line !== '' && line === line.trim() && !/^[[{"]|^(?:swap|drop|weight|permute)\s|[|&\n"]/i.test(line)

  return plain ? line : JSON.stringify(line)
}
