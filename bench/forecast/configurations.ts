import { join } from 'node:path'
import { clipNames, type RecipePatch } from '#study'

export interface Configuration {
  what: string
  /** folder of a pack that ships, or the random one made for the bench */
  pack: 'starter' | 'random'
  recipe: RecipePatch
  pictures: number
}

export const starter = join(import.meta.dirname, '../../models/packs/starter')

const few = { steps: 3, skip_steps: 0, cutn_batches: 1 }
const cuts = (overview: number, inner: number) => ({
  cut_overview: `[${overview}]*1000`,
  cut_innercut: `[${inner}]*1000`,
})
const only = (...names: string[]) => Object.fromEntries(clipNames.map((name) => [name, names.includes(name)]))

/** What differs in each: size, the path of the gradient, cuts, models, pictures at once. */
export const configurations: readonly Configuration[] = [
  { what: 'starter 64²', pack: 'starter', recipe: { ...few, width_height: [64, 64] }, pictures: 1 },
  {
    what: 'starter 256², secondary off',
    pack: 'starter',
    recipe: { ...few, width_height: [256, 256], use_secondary_model: false },
    pictures: 1,
  },
  {
    what: 'starter 64², 160 cuts',
    pack: 'starter',
    recipe: { ...few, width_height: [64, 64], ...cuts(80, 80) },
    pictures: 1,
  },
  {
    what: 'starter 128², secondary off, 4 together',
    pack: 'starter',
    recipe: { ...few, width_height: [128, 128], use_secondary_model: false },
    pictures: 4,
  },
  {
    what: 'starter 384², secondary off, recomputed',
    pack: 'starter',
    recipe: { ...few, width_height: [384, 384], use_secondary_model: false },
    pictures: 1,
  },
  {
    what: 'starter 256², perlin_init held by LPIPS',
    pack: 'starter',
    recipe: { ...few, width_height: [256, 256], perlin_init: true, init_scale: 1000 },
    pictures: 1,
  },
  { what: 'starter 320²', pack: 'starter', recipe: { ...few, width_height: [320, 320] }, pictures: 1 },
  {
    what: '256² layout at 128², ViT-B/32, 8 cuts',
    pack: 'random',
    recipe: { ...few, width_height: [128, 128], ...cuts(4, 4), ...only('ViTB32') },
    pictures: 1,
  },
  {
    what: 'the same with RN50, 16 cuts',
    pack: 'random',
    recipe: { ...few, width_height: [128, 128], ...cuts(8, 8), ...only('ViTB32', 'RN50') },
    pictures: 1,
  },
  {
    what: 'the same without secondary model, ViT-B/32, 4 cuts',
    pack: 'random',
    recipe: {
      ...few,
      width_height: [128, 128],
      use_secondary_model: false,
      ...cuts(2, 2),
      ...only('ViTB32'),
    },
    pictures: 1,
  },
]
