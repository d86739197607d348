import { grown, type NetworkCost } from '../pack-costs.ts'
import type { PackInfo } from '../pack-info.ts'
import { clipNames, type Recipe } from '../parameters/catalogue.ts'
import { holdsOn } from './step-work.ts'
import { demandOf, nextRung, rungs } from './thrift.ts'

/** How renders are computed. */
export interface Way {
  /** renders stepped together (1) */
  pictures?: number
  /** rung of the memory ladder (0) */
  rung?: number
}

// Fitted to renderer processes that were measured; bench/forecast does it again.
/** A renderer with its runtime loaded and pictures being encoded. */
const processBytes = 235e6
const bytesPerNumber = 4
/** Of what is counted, this much is resident: weights lie in files until they are used, and in a kernel's own order. */
const resident = { weights: 0.75, passing: 3.3, kept: 1, cuts: 1.05, comparing: 2.5 }
/** The same of networks that share a heap. */
const residentShared = { ...resident, passing: 2.6, cuts: 1.7 }
/** What lies beside the kept activations of one picture while they are made and used, as a share of them. */
const besideKept = 1.7

/** Numbers in its weights above which a network shares one heap, in which each takes what the last one left. */
export const largeNetwork = 10e6

/** Peak memory of a renderer process in bytes. */
export function memoryBytes(recipe: Recipe, pack: PackInfo, { pictures = 1, rung = 0 }: Way = {}): number {
  const thrift = rungs[rung]!
  const { denoiser, secondary, clip, lpips } = pack.costs
  const area = recipe.width_height[0] * recipe.width_height[1]
  const together = Math.min(pictures, thrift.pictures)
  const cuts = Math.min(demandOf(recipe, pictures).cuts, thrift.cuts)
  let numbers = resident.weights * (clip[pack.clip[0]?.name ?? '']?.weights ?? 0)
  /** What the hungriest of those that share a heap needs beside its weights. */
  let shared = 0

  const factorsOf = (weights: number) => (weights > largeNetwork ? residentShared : resident)
  const runs = (weights: number, taken: number) => {
    if (weights > largeNetwork) shared = Math.max(shared, taken)
    else numbers += taken
  }
  const forwards = ({ weights, forward }: NetworkCost) => {
    numbers += resident.weights * weights
    runs(weights, factorsOf(weights).passing * together * grown(forward, area))
  }
  const andBack = ({ weights, keeping, backward, kept }: NetworkCost) => {
    const held = grown(kept, area)
    const passing = grown(keeping, area) + grown(backward, area) - 2 * held
    numbers += resident.weights * 2 * weights + resident.kept * held * (together + besideKept)
    runs(weights, factorsOf(weights).passing * together * passing)
  }

  if (recipe.use_secondary_model && secondary) {
    forwards(denoiser)
    andBack(secondary)
  } else if ((recipe.use_checkpoint || thrift.recompute) && area > denoiser.keepsUpTo) {
    numbers += resident.weights * 2 * denoiser.weights
    runs(denoiser.weights, factorsOf(denoiser.weights).passing * grown(denoiser.recomputing, area))
  } else andBack(denoiser)

  for (const { weights, textWeights, alive } of clipNames.flatMap((n) => (recipe[n] && clip[n]) || [])) {
    // the text half is let go when the steps begin, but small networks' memory is not given back
    numbers += resident.weights * (weights + (weights > largeNetwork ? 0 : textWeights))
    runs(weights, factorsOf(weights).cuts * cuts * alive)
  }

  if (lpips && holdsOn(recipe))
    numbers += resident.weights * lpips.weights + resident.comparing * grown(lpips.alive, area)

  return Math.round(processBytes + bytesPerNumber * (numbers + shared))
}

/** The first rung of the ladder that should fit into so many bytes; the last one, and false, where none does. */
export function rungThatFits(
  recipe: Recipe,
  pack: PackInfo,
  { memory, pictures }: { memory: number; pictures: number },
): { rung: number; fits: boolean } {
  const demand = demandOf(recipe, pictures)

  for (let rung = 0; ; ) {
    if (memoryBytes(recipe, pack, { pictures, rung }) <= memory) return { rung, fits: true }

    const next = nextRung(rung, demand)
    if (next === null) return { rung, fits: false }
    rung = next
  }
}
