import { frameCount } from '../key-frames/frames-of.ts'
import { grown, type NetworkCost } from '../pack-costs.ts'
import type { PackInfo } from '../pack-info.ts'
import { clipNames, type Recipe } from '../parameters/catalogue.ts'

/** A multiply-add forwards and back against one of the denoiser forwards alone (fitted to the starter pack, bench/forecast). */
const andBackTakes = { denoiser: 1.15, secondary: 0.5 }
const lpipsIsSlower = 2
/** Sampler, losses and pictures, as multiply-adds for each pixel. */
const perPixel = 1000

/** Work of one step without its cuts, in multiply-adds of a network that only looks forwards. */
export function stepWork(recipe: Recipe, pack: PackInfo, [width, height] = recipe.width_height): number {
  const { costs } = pack
  const { denoiser, secondary } = costs
  const area = width * height
  const forwards = grown(denoiser.work, area)
  const andBack = ({ work, workBack }: NetworkCost) => grown(work, area) + grown(workBack, area)
  const held = costs.lpips && holdsOn(recipe) ? grown(costs.lpips.work, area) : 0
  const own = perPixel * area + lpipsIsSlower * held

  if (!isGuided(recipe) && held === 0) return own + forwards
  if (recipe.use_secondary_model)
    return own + forwards + (secondary ? andBackTakes.secondary * andBack(secondary) : 0)
  // Looked forwards for eps, again for the gradient, and inside each block once more.
  if (recipe.use_checkpoint && area > denoiser.keepsUpTo) return own + 2 * forwards + andBack(denoiser)

  return own + andBackTakes.denoiser * andBack(denoiser)
}

/** What a cut costs on average over the CLIPs of a recipe, as a share of one by the pack's first CLIP. */
export function cutWork(recipe: Recipe, pack: PackInfo): number {
  const ruler = pack.costs.clip[pack.clip[0]?.name ?? '']?.work
  const used = clipNames.filter((name) => recipe[name]).map((name) => pack.costs.clip[name]?.work)

  return ruler && used.length > 0
    ? used.reduce<number>((sum, work) => sum + (work ?? ruler), 0) / used.length / ruler
    : 1
}

/** Do cuts go through CLIP? Where their gradient counts for nothing they do only to keep torch's one stream in step. */
export const looksAtCuts = ({ clip_guidance_scale, noise }: Recipe): boolean =>
  clip_guidance_scale !== 0 || noise === 'torch'

/** Is a picture held on to the look of the one it started from? */
export const holdsOn = (recipe: Recipe): boolean =>
  (recipe.init_scale > 0 && (recipe.perlin_init || recipe.init_image !== null)) ||
  (recipe.frames_scale > 0 && frameCount(recipe) > 1)

function isGuided(recipe: Recipe): boolean {
  const { clip_guidance_scale, tv_scale, sat_scale, range_scale, behaviour } = recipe
  const ranged = behaviour === 'corrected' && range_scale !== 0

  return clip_guidance_scale !== 0 || tv_scale !== 0 || sat_scale !== 0 || ranged
}
