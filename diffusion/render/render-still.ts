import {
  checkRecipe,
  engineVersion,
  type PackInfo,
  type Recipe,
  renderKey,
  spacing,
  TeststripError,
} from '#study'
import { createGuide, type Guidance } from '../guidance/index.ts'
import { encodePng, encodePreview, toRgb8 } from '../image/index.ts'
import { type Pack, packInfo } from '../pack/index.ts'
import { createNoise, type NoiseSource } from '../random/index.ts'
import { ddim, diffusionTables, mirror, symmetrySteps, type Tables } from '../sampler/index.ts'
import { decodeCheckpoint, encodeCheckpoint } from './checkpoint.ts'
import { embedPrompts } from './embed-prompts.ts'
import type { RenderEvent, RenderOptions, RenderResult } from './events.ts'
import { measurePicture } from './measure-picture.ts'
import type { OpenPack } from './open-pack.ts'
import { meanTimes, measureSpeed, type StepTime } from './speed.ts'
import { traceStart, traceStep } from './trace-render.ts'

export interface StillJob {
  recipe: Recipe
  pack: Pack
  open: OpenPack
  options: RenderOptions
}

/** One still picture: an event after every step, the finished picture at the end. */
export async function* renderStill({
  recipe,
  pack,
  open,
  options,
}: StillJob): AsyncGenerator<RenderEvent, RenderResult> {
  const started = performance.now()
  const { previewEvery = 0, checkpointEvery = 1, trace, signal } = options
  const size = recipe.width_height
  const { denoiser } = open.networks
  const info = packInfo(pack)
  const key = checkedKey(recipe, info, open)
  const breathe = () => stopIfCancelled(signal)

  const tables = diffusionTables(spacing(recipe.steps))
  const of = recipe.steps - recipe.skip_steps
  const noise = createNoise({ mode: recipe.noise, seed: recipe.seed })
  const clips = await embedPrompts(recipe, open, noise)

  // the draws above are repeated in a resumed render, so that its targets are the same; then its state takes over
  const saved = options.resumeFrom ? decodeCheckpoint(options.resumeFrom, key) : null
  const x = saved?.x ?? startNoise(recipe, tables, noise)

  if (saved) noise.restore(saved.noise)
  else if (trace) traceStart(trace, clips, x, size)

  const guide = createGuide({
    recipe,
    networks: open.networks,
    clips,
    tables,
    size,
    noise,
    observe: !!trace,
    breathe,
  })
  const mirrored = symmetrySteps(recipe, of)
  let guidance: Guidance | undefined
  let picture: Float32Array | undefined
  let mark = performance.now()
  const times: StepTime[] = []

  const steps = ddim({
    tables,
    x,
    from: saved?.next ?? of - 1,
    eta: recipe.eta,
    limitEta: recipe.behaviour === 'corrected',
    clip_denoised: recipe.clip_denoised,
    before: (now, i) => (mirrored.has(i) ? mirror(now, size, recipe) : now),

    epsilon(now, i) {
      breathe()

      return denoiser.epsilon(now, size, tables.taus[i]!, tables.abar[i]!, {
        keep: !recipe.use_secondary_model,
      })
    },

    async guide(now, epsilon, i) {
      breathe()
      guidance = await guide(now, epsilon, i)

      return guidance.gradient
    },

    noise: (i) => noise.draws({ purpose: 'step', tau: tables.taus[i]! }).normal(x.length),
  })

  for await (const { i, x: next, x0 } of steps) {
    const step = of - i
    const { cuts, cutSeconds } = guidance!
    times.push({ seconds: (performance.now() - mark) / 1000, cuts, cutSeconds })
    refuseNaN(next, recipe, step, of)
    picture = x0

    if (trace) traceStep(trace, step - 1, x0, guidance!, noise, size)

    const event: RenderEvent = { step, of }

    if (previewEvery > 0 && step % previewEvery === 0) event.preview = await encodePreview(toRgb8(x0), size)

    if (i > 0 && step % checkpointEvery === 0) {
      const state = noise.save()
      event.checkpoint = () => encodeCheckpoint({ key, next: i - 1, x: next, noise: state })
    }

    yield event
    mark = performance.now()
  }

  const rgb = toRgb8(picture!)
  const png = await encodePng(rgb, size)
  const metrics = await measurePicture(rgb, size, recipe, open)
  const total = (performance.now() - started) / 1000
  open.speed = measureSpeed({ recipe, pack: info, steps: times, total }, open.speed)

  return {
    images: [{ png, width: size[0], height: size[1] }],
    metrics,
    seconds: { total, ...meanTimes(times) },
    speed: open.speed,
  }
}

function checkedKey(recipe: Recipe, info: PackInfo, open: OpenPack): string {
  const problem = checkRecipe(recipe, info, open.merges).problems[0]

  if (problem) throw new TeststripError('invalid_input', problem.message, { parameter: problem.parameter })

  return renderKey(recipe, info, engineVersion)
}

/** Pure noise; with skip_steps, what black-centred grey (a zero picture) looks like at that noise level. */
function startNoise(
  { skip_steps, steps, width_height }: Recipe,
  tables: Tables,
  noise: NoiseSource,
): Float32Array {
  const length = 3 * width_height[0] * width_height[1]
  const normals = noise.draws({ purpose: 'start' }).normal(length)

  return skip_steps > 0 ? tables.diffuse(new Float32Array(length), normals, steps - skip_steps - 1) : normals
}

function stopIfCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new TeststripError('cancelled', 'The render was cancelled.')
}

function refuseNaN(x: Float32Array, { eta, steps }: Recipe, step: number, of: number): void {
  if (!x.some(Number.isNaN)) return

  throw new TeststripError(
    'render_failed',
    `The picture turned into NaN at step ${step} of ${of}: eta ${eta} is probably too large for ${steps} steps; lower it, or set behaviour to corrected, which limits it.`,
    { parameter: 'eta' },
  )
}
