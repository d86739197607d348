import { cpus, totalmem } from 'node:os'

/** One measurement: ours beside a named reference (`null` where there is none), and whether a stated target was met. */
export interface Row {
  what: string
  ours: number | null
  theirs: number | null
  unit: string
  ratio: number | null
  target: string | null
  ok: boolean | null
}

export interface Report {
  name: string
  machine: string
  rows: Row[]
}

/** A row without a reference. */
export function measured(
  what: string,
  ours: number,
  unit: string,
  target?: { text: string; ok: boolean },
): Row {
  return { what, ours, theirs: null, unit, ratio: null, target: target?.text ?? null, ok: target?.ok ?? null }
}

export function machine(): string {
  return `${cpus()[0]?.model ?? 'unknown processor'}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}`
}

const figure = (value: number | null) => (value === null ? '–' : String(Number(value.toPrecision(4))))

/** The report as people read it. */
export function toTable({ name, machine, rows }: Report): string {
  const head = ['what', 'ours', 'theirs', 'unit', 'ratio', 'target', '']
  const body = rows.map((row) => [
    row.what,
    figure(row.ours),
    figure(row.theirs),
    row.unit,
    figure(row.ratio),
    row.target ?? '–',
    row.ok === null ? '' : row.ok ? 'met' : 'MISSED',
  ])
  const widths = head.map((_, column) => Math.max(...[head, ...body].map((line) => line[column]!.length)))
  const lines = [head, ...body].map((line) =>
    line
      .map((text, column) => text.padEnd(widths[column]!))
      .join('  ')
      .trimEnd(),
  )

  return [`${name} · ${machine}`, '', ...lines].join('\n')
}
