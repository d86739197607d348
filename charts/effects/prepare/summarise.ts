import type { Term } from '../anova.ts'
import type { Measure } from '../measures/measures.ts'
import type { Analysis, Noise } from './analyse.ts'

/** One plain sentence about a measure, and what it is about. */
export interface Finding {
  kind: 'acts' | 'does not stand out' | 'acts together' | 'note'
  /** Names of the axes it speaks of. */
  axes: string[]
  /** Follows the names of the axes. */
  says: string
}

/** Chance gives as much in one of a hundred studies; with several axes and measures in view, one of twenty is too often. */
const beyondChance = 0.01

const against: Record<Exclude<Noise, 'none'>, string> = {
  seeds: 'the seed noise',
  interaction: 'what is left when each axis acts by itself',
}

/** What an analysis says in words: axes first, those that move the measure most before the others. */
export function summarise(options: { measure: Measure; analysis: Analysis }): Finding[] {
  const { measure, analysis } = options
  const { anova, reach } = analysis
  const main = anova.terms
    .filter((term) => term.factors.length === 1)
    .map((term) => ({ term, reach: reach[term.factors[0]!]! }))
    .sort((a, b) => b.reach.by - a.reach.by)
  const together = anova.terms
    .filter((term) => term.factors.length > 1 && standsOut(term))
    .sort((a, b) => b.share - a.share)

  return [
    ...main.map(({ term, reach }) => ofAxis(term, reach, options)),
    ...together.map(
      (term): Finding => ({
        kind: 'acts together',
        axes: term.name.split(' × '),
        says: `act together: what one does to ${measure.label} depends on the other (${percent(term.share)} of the variance).`,
      }),
    ),
    ...notes(analysis, measure),
  ]
}

/** Whether chance hardly gives as much. */
export const standsOut = (term: Term): boolean => term.p !== null && term.p < beyondChance

function ofAxis(
  term: Term,
  reach: Analysis['reach'][number],
  { measure, analysis }: { measure: Measure; analysis: Analysis },
): Finding {
  const { noise, noiseDeviation } = analysis
  const axes = [term.name]
  const verb = { up: 'raises', down: 'lowers', 'both ways': 'moves' }[reach.goes]
  const much = `${verb} ${measure.label} by ${inUnits(reach.by, measure)}`
  if (noise === 'none' || noiseDeviation === null) return { kind: 'acts', axes, says: `${much}.` }
  if (!standsOut(term))
    return {
      kind: 'does not stand out',
      axes,
      says: `does not stand out from ${against[noise]} (${times(reach.by, noiseDeviation)}).`,
    }

  return {
    kind: 'acts',
    axes,
    says:
      noiseDeviation > 0
        ? `${much}, ${times(reach.by, noiseDeviation)} ${against[noise]}.`
        : `${much}; ${against[noise]} is nil.`,
  }
}

function notes(analysis: Analysis, measure: Measure): Finding[] {
  const { noise, noiseDeviation, anova, dropped, cells } = analysis
  const note = (says: string): Finding => ({ kind: 'note', axes: [], says })
  const found: Finding[] = []

  if (noise === 'seeds' && anova.seeds)
    found.push(
      note(
        `Seeds alone make ${percent(anova.seeds.share)} of the variance; the same settings with another seed differ by ± ${inUnits(noiseDeviation!, measure)}.`,
      ),
    )
  if (noise === 'none' && anova.seeds)
    found.push(
      note(
        `Only seeds vary here: ${measure.label} differs by ± ${inUnits(Math.sqrt(anova.seeds.sumOfSquares / anova.seeds.degrees), measure)} between them, and there is no setting to hold against that.`,
      ),
    )
  if (noise === 'interaction')
    found.push(
      note(
        'Each combination was rendered with one seed. Effects are held against what the axes do together, so their interaction cannot be told from chance: a seed axis of three or more would tell.',
      ),
    )
  if (noise === 'none' && !anova.seeds)
    found.push(
      note(
        'One axis and one seed: this is what happened, not whether it is more than chance. Add a seed axis.',
      ),
    )
  if (dropped.length > 0)
    found.push(
      note(
        `Read from ${cells} cells that make a complete grid; ${dropped.length === 1 ? 'one value is' : `${dropped.length} values are`} left out because cells are missing.`,
      ),
    )

  return found
}

const times = (by: number, noise: number): string => (noise > 0 ? `${(by / noise).toFixed(1)} ×` : 'both nil')

const percent = (share: number): string => `${Math.round(share * 100)} %`

/** A figure of a measure as people read it: `0.043`, `12.3`, `5200 levels²`. */
export const inUnits = (value: number, { digits, unit }: Pick<Measure, 'digits' | 'unit'>): string =>
  `${value.toFixed(digits)}${unit && ` ${unit}`}`
