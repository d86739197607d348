import type { Recipe } from '#study'
import type { GuidingClip } from '../guidance/index.ts'
import type { Pictures } from '../image/index.ts'
import { createNoise, type NoiseSource } from '../random/index.ts'
import { embedPrompts } from './embed-prompts.ts'
import type { OpenPack } from './open-pack.ts'
import type { PlannedRun } from './runs.ts'

export interface Seeded {
  noise: NoiseSource
  /** what guides, and towards what */
  clips: readonly GuidingClip[]
}

/** The noise and the prompts of run r, as its seeding (its own, or that of the last run before it) leaves them. */
export async function seedRun(
  { recipe, open, pictures }: { recipe: Recipe; open: OpenPack; pictures: Pictures },
  runs: readonly PlannedRun[],
  r: number,
): Promise<Seeded> {
  const { seed, frame } = runs.slice(0, r + 1).findLast((run) => run.seed !== null)!
  const noise = createNoise({ mode: recipe.noise, seed: seed! })

  return { noise, clips: await embedPrompts({ recipe, open, pictures, noise, frame }) }
}
