import type { Parameter } from '#study'

/** What the fields of the axis builder hold, as typed. */
export interface AxisFields {
  from: string
  to: string
  by: 'count' | 'step' | 'log'
  amount: string
  /** Of a choice: the chosen ones. */
  chosen: readonly string[]
  /** Of prompts: what happens to them. */
  edit: PromptWay
  /** The words an edit looks for. */
  words: string
  /** One value a line. */
  lines: string
}

export const promptWays = ['swap', 'drop', 'weight', 'whole'] as const

export type PromptWay = (typeof promptWays)[number]

/** The fields with which building an axis over a parameter begins. */
export function fieldsFor(
  parameter: Parameter,
  usual: [number, number] | undefined,
  value: unknown,
): AxisFields {
  const [low, high] = usual ?? [parameter.min ?? 0, parameter.max ?? 1]
  const isWide = low > 0 && high / low >= 50

  return {
    from: parameter.kind === 'seed' ? '1000' : String(low),
    to: String(high),
    by: isWide ? 'log' : 'count',
    amount: parameter.kind === 'seed' ? '8' : '5',
    chosen: (parameter.choices ?? []).filter((choice) => !parameter.notYet?.includes(choice)),
    edit: 'swap',
    words: '',
    lines: parameter.kind === 'schedule' ? String(value) : '',
  }
}

/** The one line that these fields stand for. */
export function composeAxis(parameter: Parameter, fields: AxisFields): string {
  const { name } = parameter
  const lines = fields.lines
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
  const quoted = lines.map((line) => JSON.stringify(line)).join(' | ')
  switch (parameter.kind) {
    case 'seed':
      return `seed seeds ${fields.amount} from ${fields.from}`
    case 'integer':
    case 'number':
      return `${name} ${fields.from} .. ${fields.to} ${fields.by} ${fields.amount}`
    case 'boolean':
      return `${name} false, true`
    case 'choice':
      return `${name} ${fields.chosen.join(', ')}`
    case 'size':
    case 'percent':
      return `${name}: ${lines.join(', ')}`
    case 'prompts':
      return `${name}: ${editText(fields, quoted)}`
    default:
      return `${name}: ${lines.join(' | ')}`
  }
}

function editText({ edit, words, lines }: AxisFields, quoted: string): string {
  const find = JSON.stringify(words)
  switch (edit) {
    case 'swap':
      return `swap ${find} for ${quoted}`
    case 'drop':
      return `drop nothing | ${find}`
    case 'weight':
      return `weight ${find} ${lines
        .split(/[\s,]+/)
        .filter(Boolean)
        .join(', ')}`
    case 'whole':
      return quoted
  }
}

/** The axis with a parameter linked to it: as many values as it has points, over the range it is usually set in. */
export function linkedText(
  axis: { text: string; points: readonly unknown[] },
  parameter: Parameter,
  usual: [number, number] | undefined,
): string {
  const { length } = axis.points
  const { name, kind } = parameter
  const [low, high] = usual ?? [parameter.min ?? 0, parameter.max ?? 1]
  if (kind === 'seed') return `${axis.text} & seed: seeds ${length} from 1000`
  if (kind === 'boolean') return `${axis.text} & ${name}: false, true`

  return `${axis.text} & ${name}: ${low} .. ${high} count ${length}`
}

/** Parameters that can be linked by a press: those whose values follow from a range. */
export const canLink = (parameter: Parameter, points: number): boolean =>
  parameter.axis &&
  parameter.acts === 'yes' &&
  (['integer', 'number', 'seed'].includes(parameter.kind) || (parameter.kind === 'boolean' && points === 2))
