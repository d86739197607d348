import { type Anova, anova } from '../anova.ts'
import { completePart } from './complete-part.ts'
import { mainEffect } from './main-effect.ts'
import { cellsIn, type Observations, seedAxisOf } from './observations.ts'

/** What the noise is that effects are held against. */
export type Noise =
  /** Seeds answer differently to the same settings. */
  | 'seeds'
  /** Without seeds, what is left when each axis acts by itself. */
  | 'interaction'
  /** Nothing to hold them against: one axis and no seeds, or one picture for everything. */
  | 'none'

export interface Analysis {
  /** Axes with more than one point left, by index into the study's; factor k of `anova` is axis `factors[k]`. */
  factors: number[]
  anova: Anova
  noise: Noise
  /** Standard deviation of that noise in the measure's own unit; null where there is none. */
  noiseDeviation: number | null
  /** Mean of its highest point less that of its lowest, and which way it goes, by factor. */
  reach: { by: number; goes: 'up' | 'down' | 'both ways' }[]
  /** Points without which no cell is missing. */
  dropped: [axis: number, point: number][]
  cells: number
}

/** The analysis of variance of what is complete of a grid; null while there is too little for any. */
export function analyse(observations: Observations): Analysis | null {
  const part = completePart(observations)
  if (!part) return null

  const { axes } = observations
  const factors = axes.map((_, k) => k).filter((k) => part.kept[k]!.length > 1)
  if (factors.length === 0 || part.values.length < 2) return null

  const kept = factors.map((k) => ({
    ...axes[k]!,
    labels: part.kept[k]!.map((point) => axes[k]!.labels[point]!),
  }))
  const seeds = seedAxisOf(kept)
  const result = anova({
    factors: kept.map(({ name, labels }) => ({ name, levels: labels.length })),
    values: part.values,
    ...(seeds < 0 ? {} : { seeds }),
  })
  const { residual } = result

  return {
    factors,
    anova: result,
    noise: !residual ? 'none' : seeds < 0 ? 'interaction' : 'seeds',
    noiseDeviation: residual && Math.sqrt(residual.sumOfSquares / residual.degrees),
    reach: kept.map((_, k) => {
      const means = mainEffect({ axes: kept, values: part.values }, k).flatMap(({ mean }) => mean ?? [])

      return { by: Math.max(...means) - Math.min(...means), goes: directionOf(means) }
    }),
    dropped: part.dropped,
    cells: cellsIn(kept),
  }
}

function directionOf(means: readonly number[]): 'up' | 'down' | 'both ways' {
  const steps = means.slice(1).map((mean, k) => mean - means[k]!)
  if (steps.every((step) => step >= 0)) return 'up'

  return steps.every((step) => step <= 0) ? 'down' : 'both ways'
}
