import { type Recipe, spacing, TeststripError } from '#study'
import { createGuide, type Guidance, type GuidingClip } from '../guidance/index.ts'
import type { NoiseSource } from '../random/index.ts'
import { ddim, diffusionTables, mirror, plms, symmetrySteps, type Tables } from '../sampler/index.ts'
import type { OpenPack } from './open-pack.ts'
import type { RunTrace } from './trace-render.ts'

/**
 * One pass of the sampler, from noise to picture. A still is one of them, `n_batches` makes several in a row, an
 * animation one per diffused frame.
 */
export interface SamplerRun {
  recipe: Recipe
  open: OpenPack
  /** stands where this run's draws begin: before the initial noise, or where `from` left off */
  noise: NoiseSource
  clips: readonly GuidingClip[]
  /** noisiest steps that are left out */
  skip_steps: number
  /** picture [3, H, W] in -1 .. 1 that the run starts from, or null */
  init: Float32Array | null
  /** weight of the LPIPS distance to `init` */
  init_scale: number
  /** goes on after this step instead of beginning */
  from?: RunState
  trace?: RunTrace
  /** called between network runs; throws to stop */
  breathe(): void
}

/** A run between two steps; with the state of its noise, all that is needed to go on with the same bits. */
export interface RunState {
  /** spaced index of the next step */
  next: number
  /** sample [3, H, W] that the next step starts from */
  x: Float32Array
  /** PLMS: guided eps of the last step */
  score: Float32Array | null
}

export interface RunStep {
  /** executed steps before this one, as DD counts them (its `j`) */
  j: number
  /** the unguided estimate of the finished picture [3, H, W]; the picture itself after the last step */
  x0: Float32Array
  /** to go on from; `next` is -1 after the last step */
  state: RunState
  /** cuts that CLIP saw in this step, and the seconds that took */
  cuts: number
  cutSeconds: number
}

export async function* sample(run: SamplerRun): AsyncGenerator<RunStep, void> {
  const { recipe, open, noise, breathe, trace } = run
  const { denoiser } = open.networks
  const size = recipe.width_height
  const tables = diffusionTables(spacing(recipe.steps))
  const executed = recipe.steps - run.skip_steps
  const x = run.from?.x ?? startSample(run, tables)

  if (!run.from) trace?.start(run, x)

  const guide = createGuide({
    recipe,
    networks: open.networks,
    clips: run.clips,
    tables,
    size,
    noise,
    init: run.init && { picture: run.init, scale: run.init_scale },
    observe: !!trace,
    breathe,
  })
  const epsilonAt = (now: Float32Array, i: number) => {
    breathe()

    return denoiser.epsilon(now, size, [tables.taus[i]!], [tables.abar[i]!], {
      keep: !recipe.use_secondary_model,
      recompute: recipe.use_checkpoint,
    })
  }
  // One per look at x: two in the first step of PLMS, else one.
  let looks: Guidance[] = []

  const options = {
    tables,
    x,
    from: run.from?.next ?? executed - 1,
    clip_denoised: recipe.clip_denoised,
    epsilon: epsilonAt,

    async guide(now: Float32Array, epsilon: Float32Array, i: number, current: number) {
      breathe()
      // Guidance thinks it is at `current`; the denoiser's own estimate then needs its eps from there.
      const own = i === current || recipe.use_secondary_model ? epsilon : await epsilonAt(now, current)
      const guidance = await guide(now, own, current, i)
      looks.push(guidance)

      return guidance.gradient
    },
  }

  // Symmetry came with 5.3.
  const mirrored = recipe.behaviour === 'disco-5.2' ? new Set() : symmetrySteps(recipe, executed)
  const steps =
    recipe.diffusion_sampling_mode === 'plms'
      ? plms({ ...options, before: run.from?.score ?? null })
      : ddim({
          ...options,
          eta: recipe.eta,
          limitEta: recipe.behaviour === 'corrected',
          before: (now, i) => (mirrored.has(i) ? mirror(now, size, recipe) : now),
          noise: (i) => noise.draws({ purpose: 'step', tau: tables.taus[i]! }).normal(x.length),
        })

  for await (const { i, x: next, x0, score } of steps) {
    const j = executed - 1 - i
    refuseNaN(next, recipe, j + 1, executed)
    trace?.step(j, x0, looks, noise)

    yield {
      j,
      x0,
      state: { next: i - 1, x: next, score: score ?? null },
      cuts: looks.reduce((sum, { cuts }) => sum + cuts, 0),
      cutSeconds: looks.reduce((sum, { cutSeconds }) => sum + cutSeconds, 0),
    }
    looks = []
  }
}

/** Pure noise; with an init, that picture at the noise level of the first step; zeros stand for it with skip_steps alone. */
function startSample({ recipe, skip_steps, init, noise }: SamplerRun, tables: Tables): Float32Array {
  const { steps, width_height } = recipe
  const length = 3 * width_height[0] * width_height[1]
  const normals = noise.draws({ purpose: 'start' }).normal(length)
  const from = init ?? (skip_steps > 0 ? new Float32Array(length) : null)

  return from ? tables.diffuse(from, normals, steps - skip_steps - 1) : normals
}

/** Two ways there: more fresh noise than a step has room for, or guidance that nothing holds back. */
function refuseNaN(x: Float32Array, { eta, steps, clamp_grad }: Recipe, step: number, of: number): void {
  if (!x.some(Number.isNaN)) return

  const where = `The picture turned into NaN at step ${step} of ${of}`
  if (!clamp_grad && eta <= 1)
    throw new TeststripError(
      'render_failed',
      `${where}: clamp_grad is false, so nothing limits how hard guidance pulls; set it to true, or lower clip_guidance_scale and the other scales.`,
      { parameter: 'clamp_grad' },
    )

  throw new TeststripError(
    'render_failed',
    `${where}: eta ${eta} is probably too large for ${steps} steps; lower it, or set behaviour to corrected, which limits it.`,
    { parameter: 'eta' },
  )
}
