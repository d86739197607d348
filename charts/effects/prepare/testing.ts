import type { Measure } from '../measures/measures.ts'
import type { EffectAxis, Observations } from './observations.ts'

export const strength: EffectAxis = { name: 'strength', labels: ['1', '2', '3'], isSeed: false }
export const eta: EffectAxis = { name: 'eta', labels: ['0', '1'], isSeed: false }
export const seeds: EffectAxis = { name: 'seed', labels: ['7', '8', '9', '10'], isSeed: true }

export const glow: Measure = { name: 'glow', label: 'glow', unit: '', says: '', digits: 2 }

/** Values by a function of the points of a cell. */
export function observed(axes: readonly EffectAxis[], value: (...points: number[]) => number): Observations {
  const values: number[] = []
  const fill = (points: number[]): void => {
    const axis = axes[points.length]
    if (!axis) values.push(value(...points))
    else for (const point of axis.labels.keys()) fill([...points, point])
  }
  fill([])

  return { axes, values }
}

/** A small fixed unrest, different for every cell. */
export const unrest = (...points: number[]): number =>
  Math.sin(points.reduce((sum, p) => sum * 7 + p * 13 + 1, 5))
