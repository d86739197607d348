import { forecastSeconds, isSavedStep, type Recipe, TeststripError } from '#study'
import { decodePng, encodePng, encodePreview, type Pictures, toRgb8 } from '../image/index.ts'
import { type Pack, packInfo } from '../pack/index.ts'
import { checkedKey } from './checked-key.ts'
import { decodeCheckpoint, encodeCheckpoint, type FinishedImage } from './checkpoint.ts'
import type { RenderEvent, RenderOptions, RenderResult } from './events.ts'
import { meanMetrics } from './mean-metrics.ts'
import { measurePicture } from './measure-picture.ts'
import type { OpenPack } from './open-pack.ts'
import type { PlannedRun } from './runs.ts'
import { sample } from './sampler-run.ts'
import { type Seeded, seedRun } from './seed-run.ts'
import { measureSpeed, type StepTime, usualTimes } from './speed.ts'
import { traceRun } from './trace-render.ts'

export interface RenderJob {
  recipe: Recipe
  pack: Pack
  open: OpenPack
  /** those the recipe names */
  pictures: Pictures
  options: RenderOptions
}

/** Executes the sampler runs of a recipe one after another: an event after every step, all pictures at the end. */
export async function* renderRuns(
  { recipe, pack, open, pictures, options }: RenderJob,
  runs: readonly PlannedRun[],
): AsyncGenerator<RenderEvent, Omit<RenderResult, 'rung'>> {
  const started = performance.now()
  const { checkpointEvery = 1, previewEvery = recipe.display_rate, trace, signal } = options
  const size = recipe.width_height
  const [width, height] = size
  const info = packInfo(pack)
  const key = checkedKey(recipe, info, open, pictures)

  const saved = options.resumeFrom ? decodeCheckpoint(options.resumeFrom, key) : null
  const first = saved?.run ?? 0
  const images: FinishedImage[] = [...(saved?.images ?? [])]
  const of = stepsOf(recipe, runs)
  let before = images.length > 0 ? await decodePng(images.at(-1)!.png) : null
  let seeded: Seeded | null = null
  let mark = performance.now()
  const times: StepTime[] = []
  let inSteps = 0

  for (let r = first; r < runs.length; r++) {
    const run = runs[r]!
    const resumed = saved && r === first ? saved : null
    const done = stepsOf(recipe, runs.slice(0, r))

    if (!seeded || run.seed !== null) seeded = await seedRun({ recipe, open, pictures }, runs, r)
    const { noise, clips } = seeded
    // A run with its own seed begins where seeding leaves the noise, not where the run before left it.
    if (resumed && run.seed === null) noise.restore(resumed.begin)
    const begin = noise.save()
    const init = await run.init({ noise, before })
    if (resumed?.at) noise.restore(resumed.at.noise)

    const sampling = sample({
      recipe,
      open,
      noise,
      clips,
      skip_steps: run.skip_steps,
      init,
      init_scale: run.init_scale,
      from: resumed?.at?.state,
      trace: trace && traceRun(trace, r, size),
      breathe: () => stopIfCancelled(signal),
    })

    for await (const { j, x0, state, cuts, cutSeconds } of sampling) {
      const isLast = state.next < 0
      const step = done + j + 1
      const seconds = (performance.now() - mark) / 1000
      const others = open.members()
      inSteps += seconds
      // Of a batch, each render has taken its part.
      times.push({ seconds: seconds / others, cuts, cutSeconds: cutSeconds / others })

      const rgb = toRgb8(x0)
      const shows = previewEvery > 0 && (j % previewEvery === 0 || isLast)
      const saves = options.intermediates === true && isSavedStep(recipe, j)
      const image = isLast || saves ? { png: await encodePng(rgb, size), width, height } : undefined

      if (isLast && image) {
        images.push({ ...image, metrics: await measurePicture(rgb, size, recipe, open, run.frame) })
        before = rgb
      }

      const count = images.length
      const now = noise.save()
      const place = isLast
        ? { run: r + 1, begin: now, at: null }
        : { run: r, begin, at: { state, noise: now } }

      yield {
        step,
        of,
        run: r,
        runs: runs.length,
        preview: shows ? await encodePreview(rgb, size) : undefined,
        intermediate: saves && image ? { ...image, j } : undefined,
        image: isLast ? image : undefined,
        checkpoint:
          step < of && step % checkpointEvery === 0
            ? () => encodeCheckpoint({ key, ...place, images: images.slice(0, count) })
            : undefined,
      }
      mark = performance.now()
    }
  }

  const total = (performance.now() - started) / 1000
  const known = open.speeds.get(size.join('×'))
  const speed = measureSpeed({ recipe, pack: info, steps: times, outside: total - inSteps }, known)
  open.speeds.set(size.join('×'), speed)
  const isWhole = times.length === of

  return {
    images: images.map(({ metrics: _, ...image }) => image),
    metrics: meanMetrics(images.map(({ metrics }) => metrics)),
    seconds: {
      total,
      ...usualTimes(times),
      forecast: known && isWhole ? forecastSeconds(recipe, info, known) : null,
    },
    speed,
  }
}

const stepsOf = ({ steps }: Recipe, runs: readonly PlannedRun[]) =>
  runs.reduce((sum, { skip_steps }) => sum + steps - skip_steps, 0)

function stopIfCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new TeststripError('cancelled', 'The render was cancelled.')
}
