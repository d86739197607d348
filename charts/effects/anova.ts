import { upperTailOfF } from './f-distribution.ts'

export interface Factor {
  name: string
  levels: number
}

export interface Term {
  /** Indexes of the factors that act together; one = main effect. */
  factors: number[]
  name: string
  sumOfSquares: number
  degrees: number
  /** Share of all variance, 0 … 1. */
  share: number
  /** Ratio to the residual's variance and how often chance gives it; null where there is no residual. */
  f: number | null
  p: number | null
}

export interface Anova {
  terms: Term[]
  /** What seeds do to every picture alike; null without a seed factor. */
  seeds: Term | null
  /** What is left: the noise that effects are measured against. */
  residual: { sumOfSquares: number; degrees: number; share: number } | null
  mean: number
  total: number
}

/**
 * Full-factorial analysis of variance of a complete grid, one value per cell, the first factor slowest.
 *
 * With `seeds`, the index of the factor that is chance, seeds are blocks (cells of one seed share their noise) and the
 * residual is everything in which a seed answers differently from the others. Without, the interaction of all factors
 * stands in for the noise, which exists from two factors on.
 * Sums of squares by inclusion and exclusion over marginal means: O(cells · 2^factors).
 */
export function anova(options: {
  factors: readonly Factor[]
  values: ArrayLike<number>
  seeds?: number
}): Anova {
  const { factors, values, seeds = -1 } = options
  const size = factors.reduce((all, { levels }) => all * levels, 1)
  if (values.length !== size)
    throw new RangeError(`${values.length} values do not fill a grid of ${size} cells`)

  const every = (1 << factors.length) - 1
  const effects = effectsOf(factors, values)
  const mean = effects[0]!.values[0]!
  let total = 0
  for (let k = 0; k < size; k++) total += (values[k]! - mean) ** 2

  const seedBit = seeds < 0 ? 0 : 1 << seeds
  const isNoise = (set: number) =>
    seedBit ? (set & seedBit) !== 0 && set !== seedBit : set === every && factors.length > 1
  let noise = 0
  let noiseDegrees = 0
  for (let set = 1; set <= every; set++) {
    if (!isNoise(set)) continue
    noise += effects[set]!.sumOfSquares
    noiseDegrees += effects[set]!.degrees
  }
  const share = (sum: number) => (total > 0 ? sum / total : 0)

  const termOf = (set: number): Term => {
    const { sumOfSquares, degrees } = effects[set]!
    const members = factors.map((_, k) => k).filter((k) => set & (1 << k))
    const f = noiseDegrees > 0 && degrees > 0 ? ratio(sumOfSquares / degrees, noise / noiseDegrees) : null

    return {
      factors: members,
      name: members.map((k) => factors[k]!.name).join(' × '),
      sumOfSquares,
      degrees,
      share: share(sumOfSquares),
      f,
      p: f === null ? null : upperTailOfF(f, degrees, noiseDegrees),
    }
  }

  const sets = Array.from({ length: every }, (_, k) => k + 1).filter(
    (set) => !isNoise(set) && set !== seedBit,
  )

  return {
    terms: sets
      .map(termOf)
      .sort((a, b) => a.factors.length - b.factors.length || a.factors[0]! - b.factors[0]!),
    seeds: seedBit ? termOf(seedBit) : null,
    residual: noiseDegrees > 0 ? { sumOfSquares: noise, degrees: noiseDegrees, share: share(noise) } : null,
    mean,
    total,
  }
}

/** Equal values everywhere: nothing acts. Noise of nothing: whatever acts, acts beyond doubt. */
const ratio = (above: number, below: number): number => (above <= Number.EPSILON * below ? 0 : above / below)

interface Effect {
  /** One value per combination of the set's levels, the other factors averaged out and lower effects taken away. */
  values: Float64Array
  sumOfSquares: number
  degrees: number
}

/** Effects by set of factors (bit k = factor k); set 0 is the mean. */
function effectsOf(factors: readonly Factor[], values: ArrayLike<number>): Effect[] {
  const levels = factors.map((factor) => factor.levels)
  const size = values.length
  const effects: Effect[] = []

  for (let set = 0; set < 1 << levels.length; set++) {
    const members = levels.map((_, k) => k).filter((k) => set & (1 << k))
    const shape = members.map((k) => levels[k]!)
    const cells = shape.reduce((all, count) => all * count, 1)
    const placeOf = places(levels, members)
    const effect = new Float64Array(cells)
    for (let k = 0; k < size; k++) effect[placeOf(k)]! += values[k]! / (size / cells)

    for (let lower = 0; lower < set; lower++) {
      if ((lower & set) !== lower) continue
      const inSet = members.flatMap((k, place) => (lower & (1 << k) ? [place] : []))
      const lowerPlace = places(shape, inSet)
      for (let k = 0; k < cells; k++) effect[k]! -= effects[lower]!.values[lowerPlace(k)]!
    }

    effects.push({
      values: effect,
      sumOfSquares: set === 0 ? 0 : effect.reduce((sum, value) => sum + value * value, 0) * (size / cells),
      degrees: shape.reduce((all, count) => all * (count - 1), 1),
    })
  }

  return effects
}

/** From a place in a grid of that shape (first axis slowest) to the place in the grid of only those axes. */
function places(shape: readonly number[], axes: readonly number[]): (place: number) => number {
  const strides = shape.map((_, k) => shape.slice(k + 1).reduce((all, count) => all * count, 1))

  return (place) => axes.reduce((at, k) => at * shape[k]! + (Math.floor(place / strides[k]!) % shape[k]!), 0)
}
