import { engineVersion } from '../engine-version.ts'
import type { ParameterName, RecipePatch } from '../parameters/catalogue.ts'
import {
  type IdentityPart,
  identityAround,
  identityParts,
  portableSha256,
  type Sha256,
} from '../recipe/render-key.ts'
import { byAxes } from './by-axes.ts'
import { coordsOf, patchAt } from './cell-at.ts'
import type { Plan } from './plan.ts'
import { renderOrder } from './render-order.ts'
import { partialAt } from './run-steps.ts'

/** A cell on its way to be rendered. */
export interface ExpandedCell {
  seq: number
  coords: number[]
  /** Its place in the render order, coarse to fine. */
  rank: number
  /** The `renderKey` of its recipe under this engine. */
  key: string
  /** What its points set: with this over the plan's base it is the cell's recipe. */
  patch: RecipePatch
  /** The executed step whose intermediate picture it shows, 1 being the first; null: the finished one. */
  partial: number | null
  excluded: boolean
}

/**
 * All cells in render order, one at a time. Nothing is worked out twice that cells have in common: a study of 100,000
 * takes about as long as hashing 100,000 texts.
 */
export function* expandPlan(plan: Plan, sha256: Sha256 = portableSha256): Generator<ExpandedCell> {
  const keyAt = keysOf(plan, sha256)
  const isExcluded = exclusionOf(plan)
  const runs = byAxes(plan, ({ steps, skip_steps }) => ({ steps, skip_steps }))
  let rank = 0
  for (const seq of renderOrder(plan)) {
    const coords = coordsOf(plan, seq)
    yield {
      seq,
      coords,
      rank: rank++,
      key: keyAt(coords),
      patch: patchAt(plan, coords),
      partial: partialAt(plan, coords, runs(coords)),
      excluded: isExcluded(coords),
    }
  }
}

/** The key of every cell by its place, null for one that is excluded. */
export function* planKeys(plan: Plan, sha256: Sha256 = portableSha256): Generator<string | null> {
  const keyAt = keysOf(plan, sha256)
  const isExcluded = exclusionOf(plan)
  for (let seq = 0; seq < plan.size; seq++) {
    const coords = coordsOf(plan, seq)
    yield isExcluded(coords) ? null : keyAt(coords)
  }
}

/** Whether a skip rule leaves a combination of points out. */
export function exclusionOf(plan: Plan): (coords: readonly number[]) => boolean {
  const rules = plan.skip.map((rule) => byAxes(plan, (recipe) => rule.matches(recipe)))

  return (coords) => rules.some((matches) => matches(coords))
}

/** The `renderKey` of every combination of points. */
function keysOf(plan: Plan, sha256: Sha256): (coords: readonly number[]) => string {
  const pieces = piecesOf(plan).map((parts) =>
    byAxes(plan, (recipe) => parts.map(({ write }) => write(recipe)).join('')),
  )

  return (coords) => {
    let recipe = ''
    for (const piece of pieces) recipe += piece(coords)

    return sha256(identityAround(plan.pack, engineVersion, recipe))
  }
}

/** The identity in as few pieces as there can be without two axes in one. */
function piecesOf(plan: Plan): IdentityPart[][] {
  const onAxis = new Set<ParameterName>(plan.axes.flatMap((axis) => axis.parameters))
  const pieces: IdentityPart[][] = []
  let isOpen = false
  for (const part of identityParts) {
    const varies = part.names.some((name) => onAxis.has(name))
    if (isOpen && !varies) pieces.at(-1)!.push(part)
    else pieces.push([part])
    isOpen = !varies
  }

  return pieces
}
