import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { anova } from '#charts'
import { sheetOfStudy } from '#charts/print'
import { cellAt, engineVersion, type PackInfo, type Plan, renderKey } from '#study'
import { readyStudies, renderCells } from './ready-studies.ts'
import type { Rendered, Renderers } from './render-all.ts'

export interface AxisEffect {
  axis: string
  /** the measure that shows it most */
  measure: string
  /** share of that measure's variance, 0 … 1 */
  share: number
  /** how often chance alone would do as much, times the number of measures looked at */
  p: number
}

export interface TemplateReport {
  name: string
  title: string
  sheet: string
  cells: number
  effects: AxisEffect[]
}

/** Seeds that a template without an axis of seeds is rendered with to know its noise; its own first. */
const seedsTried = 3

/** Renders every template, prints its sheet, and asks whether each of its axes does more than another seed does. */
export async function templateSheets(options: {
  templates: string
  sheets: string
  pack: PackInfo
  renderers: Renderers
  say: (line: string) => void
}): Promise<TemplateReport[]> {
  const { templates, sheets, pack, renderers, say } = options
  const reports: TemplateReport[] = []
  for (const { name, plan } of await readyStudies(templates, pack)) {
    const tries = seedAxis(plan) < 0 ? seedsTried : 1
    say(`${plan.file.title} (${plan.size} cells, ${tries} ${tries === 1 ? 'time' : 'times'})`)
    const bySeed = await Promise.all(
      Array.from({ length: tries }, (_, shift) => renderCells(plan, renderers, shift)),
    )
    const sheet = join(sheets, `${name}.png`)
    writeFileSync(sheet, await printed(name, plan, bySeed[0]!, pack))
    reports.push({ name, title: plan.file.title, sheet, cells: plan.size, effects: effectsOf(plan, bySeed) })
  }

  return reports
}

/** The axis that is chance itself, −1 where there is none. */
const seedAxis = (plan: Plan): number => plan.axes.findIndex((axis) => axis.parameters.includes('seed'))

async function printed(id: string, plan: Plan, cells: Rendered[], pack: PackInfo): Promise<Uint8Array> {
  const files = cells.map(({ path }) => readFileSync(path))
  const shas = files.map((file) => createHash('sha256').update(file).digest('hex'))

  return sheetOfStudy({
    study: { id, title: plan.file.title, file: plan.file },
    plan,
    cells: shas.map((image, seq) => ({
      seq,
      renderKey: renderKey(cellAt(plan, seq).recipe, pack, engineVersion),
      status: 'done' as const,
      image,
    })),
    options: { theme: 'light' },
    picture: async (sha) => files[shas.indexOf(sha)] ?? null,
  })
}

function effectsOf(plan: Plan, bySeed: Rendered[][]): AxisEffect[] {
  const own = seedAxis(plan)
  const axes = plan.axes.map((axis) => ({ name: axis.name, levels: axis.points.length }))
  const factors = own < 0 ? [...axes, { name: 'seeds', levels: bySeed.length }] : axes
  const seeds = own < 0 ? axes.length : own
  const measures = Object.keys(bySeed[0]![0]!.metrics).filter((name) =>
    bySeed.flat().every(({ metrics }) => typeof metrics[name] === 'number'),
  )
  const terms = measures.flatMap((measure) => {
    const values = Array.from({ length: plan.size }, (_, seq) =>
      bySeed.map((cells) => cells[seq]!.metrics[measure] as number),
    ).flat()

    return anova({ factors, values, seeds }).terms.map((term) => ({ measure, ...term }))
  })

  return plan.axes.flatMap((axis, k) => {
    if (k === own) return []
    const best = terms
      .filter((term) => term.factors.length === 1 && term.factors[0] === k)
      .sort((a, b) => (a.p ?? 1) - (b.p ?? 1))[0]!

    return {
      axis: axis.name,
      measure: best.measure,
      share: best.share,
      p: Math.min(1, (best.p ?? 1) * measures.length),
    }
  })
}
