import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { completeRecipe, type RecipePatch } from '#study'
import { loadPack, packInfo } from '../pack/index.ts'
import { createEngine } from './engine.ts'

const engine = createEngine({ device: 'cpu', threads: 2 })
const seeds = [1, 2, 3, 4]

afterAll(() => engine.release())

it('guides the starter pack towards the prompt: similarity rises from clip_guidance_scale 0 to the default', async () => {
  const pack = await loadPack(join(import.meta.dirname, '../../models/packs/starter'))

  const meanSimilarity = async (patch: RecipePatch) => {
    let sum = 0

    for (const seed of seeds) {
      const recipe = completeRecipe(
        { text_prompts: { '0': ['a red and white lighthouse by the sea'] }, seed, ...patch },
        packInfo(pack),
      )
      const run = engine.render(recipe, pack)
      let next = await run.next()

      while (!next.done) next = await run.next()

      sum += next.value.metrics.clipSimilarity!
    }

    return sum / seeds.length
  }

  const unguided = await meanSimilarity({ clip_guidance_scale: 0 })
  const guided = await meanSimilarity({})

  expect(guided).toBeGreaterThan(unguided + 0.1)
}, 300_000)
