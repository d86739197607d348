import { type Recipe, TeststripError } from '#study'
import { chains } from '../cutouts/index.ts'
import { initLoss, rangeLoss, saturationLoss, totalVariation } from '../losses/index.ts'
import type { Networks, Size } from '../networks/index.ts'
import type { NoiseSource } from '../random/index.ts'
import { combine, type Tables } from '../sampler/index.ts'
import { addClipGradient, type GuidingClip } from './clip-gradient.ts'
import { cutSchedules } from './cut-schedules.ts'
import { denoiserEstimator, secondaryEstimator } from './estimate.ts'
import { limitGradient } from './limit-gradient.ts'

export type GuidanceRecipe = Pick<
  Recipe,
  | 'animation_mode'
  | 'behaviour'
  | 'clip_guidance_scale'
  | 'tv_scale'
  | 'range_scale'
  | 'sat_scale'
  | 'cutn_batches'
  | 'skip_augs'
  | 'clamp_grad'
  | 'clamp_max'
  | 'use_secondary_model'
  | 'use_checkpoint'
  | 'cut_overview'
  | 'cut_innercut'
  | 'cut_ic_pow'
  | 'cut_icgray_p'
>

export interface GuideOptions {
  recipe: GuidanceRecipe
  networks: Networks
  /** in the order of use, which decides the order of draws */
  clips: readonly GuidingClip[]
  tables: Tables
  size: Size
  noise: NoiseSource
  /** the picture [3, H, W] the run started from, and how firmly to hold on to its look (init_scale); null for none */
  init: { picture: Float32Array; scale: number } | null
  /** look at the cuts even where their gradient counts for nothing, so that their losses are known */
  observe?: boolean
  /** called between network runs; throws to stop */
  breathe?(): void
}

export interface Guidance {
  /** the direction [3, H, W] that x should move in */
  gradient: Float32Array
  /** one unscaled loss per CLIP and cut batch, in order */
  clipLosses: number[]
  /** gradient by x_in before it went back to x; null where nothing guided */
  inputGradient: Float32Array | null
  input: Float32Array | null
  /** cuts that CLIP saw, and the seconds that took */
  cuts: number
  cutSeconds: number
}

/** `scheduled`: the spaced index whose cuts are due, where it is not i (the second look of the first PLMS step). */
export type Guide = (
  x: Float32Array,
  epsilon: Float32Array,
  i: number,
  scheduled?: number,
) => Promise<Guidance>

/** DD's cond_fn: where CLIP and the auxiliary losses want x to go at spaced index i. */
export function createGuide(options: GuideOptions): Guide {
  const { recipe, networks, clips, tables, size, noise } = options
  const isCorrected = recipe.behaviour === 'corrected'
  const range_scale = isCorrected ? recipe.range_scale : 0
  const cutsAt = cutSchedules(recipe)
  const estimate = recipe.use_secondary_model
    ? secondaryEstimator(networks, size, tables)
    : denoiserEstimator(networks, size, tables, { recompute: recipe.use_checkpoint })

  const init_scale = options.init?.scale ?? 0
  const isAimless = [
    recipe.clip_guidance_scale,
    recipe.tv_scale,
    recipe.sat_scale,
    range_scale,
    init_scale,
  ].every((scale) => scale === 0)
  // the one torch stream must advance whether or not a cut counts
  const mustLook = options.observe === true || noise.mode === 'torch'
  const looks = mustLook || recipe.clip_guidance_scale !== 0

  return async (x, epsilon, i, scheduled = i) => {
    const tau = tables.taus[scheduled]!
    const settings = cutsAt(tau)

    if (settings.overview + settings.inner === 0) {
      if (isCorrected) return unguided(x)

      throw new TeststripError(
        'render_failed',
        `cut_overview and cut_innercut are both 0 at tau ${tau}, where Disco Diffusion stops: give at least one cut, or set behaviour to corrected.`,
        { parameter: 'cut_overview' },
      )
    }

    if (isAimless && !mustLook) return unguided(x)

    const { picture, pullBack } = await estimate(x, epsilon, i)
    const share = Math.sqrt(1 - tables.abar[i]!)
    const input = combine(Math.fround(share), picture, Math.fround(1 - share), x)
    const gradient = new Float32Array(x.length)
    const clipLosses: number[] = []
    const started = performance.now()

    if (looks) {
      const image = input.map((value) => (value + 1) / 2)

      for (const guiding of clips) {
        for (let batch = 0; batch < recipe.cutn_batches; batch++) {
          options.breathe?.()
          const scale = recipe.clip_guidance_scale / recipe.cutn_batches / 2
          const job = {
            guiding,
            image,
            size,
            settings,
            chain: recipe.skip_augs ? null : chains[recipe.animation_mode],
            noise,
            tau,
            batch,
            scale,
          }
          clipLosses.push(await addClipGradient(job, gradient))
        }
      }
    }

    const seen = {
      clipLosses,
      input,
      inputGradient: gradient,
      cuts: clipLosses.length * (settings.overview + settings.inner),
      cutSeconds: (performance.now() - started) / 1000,
    }

    if (recipe.tv_scale !== 0) totalVariation(input, size, recipe.tv_scale, gradient)
    if (recipe.sat_scale !== 0) saturationLoss(input, recipe.sat_scale, gradient)
    if (range_scale !== 0) rangeLoss(input, range_scale, gradient)
    if (init_scale !== 0) await initLoss(networks, input, options.init!.picture, size, init_scale, gradient)

    const isUseless = gradient.some(Number.isNaN) || gradient.every((value) => value === 0)

    if (isUseless) return { ...seen, gradient: new Float32Array(x.length) }

    options.breathe?.()
    const back = await pullBack(gradient)
    const direction = combine(-Math.fround(1 - share), gradient, -Math.fround(share), back)

    return {
      ...seen,
      gradient: recipe.clamp_grad ? limitGradient(direction, recipe.clamp_max) : direction,
    }
  }
}

function unguided(x: Float32Array): Guidance {
  return {
    gradient: new Float32Array(x.length),
    clipLosses: [],
    inputGradient: null,
    input: null,
    cuts: 0,
    cutSeconds: 0,
  }
}
