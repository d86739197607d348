import { createEngine, type Engine, loadPack, type Pack, packInfo } from '#diffusion'
import { completeRecipe, forecastSeconds, type RecipePatch, type Speed } from '#study'
import type { Row } from '../report.ts'
import { starter } from './configurations.ts'

const mostMiss = 0.1
const sizes: readonly (readonly [number, number])[] = [
  [64, 64],
  [128, 128],
]
const calibration: RecipePatch = { steps: 10 }
const few = { cut_overview: '[2]*1000', cut_innercut: '[1]*1000' }

/** What differs from the calibration render: steps, cuts, batches, the path of the gradient, sampler, noise. */
const recipes: Record<string, RecipePatch> = {
  '30 steps': { steps: 30 },
  '20 steps, 8 skipped': { steps: 20, skip_steps: 8 },
  '3 cuts': { steps: 15, ...few },
  '16 cuts': { steps: 10, cut_overview: '[8]*1000', cut_innercut: '[8]*1000' },
  'cuts that change': { steps: 15, cut_overview: '[12]*400+[2]*600', cut_innercut: '[2]*1000' },
  '3 cut batches': { steps: 10, cutn_batches: 3 },
  'no guidance': { steps: 25, clip_guidance_scale: 0, tv_scale: 0, sat_scale: 0, range_scale: 0 },
  'secondary off': { steps: 12, use_secondary_model: false },
  'tv, sat, eta 0, torch noise': { steps: 15, tv_scale: 100, sat_scale: 100, eta: 0, noise: 'torch' },
  'perlin_init, init_scale': { steps: 20, perlin_init: true, init_scale: 1000 },
  'plms, symmetry': { steps: 15, diffusion_sampling_mode: 'plms', use_vertical_symmetry: true },
}

/** After one calibration render per size: what renders take, against what was forecast. */
export async function measureCost(): Promise<Row[]> {
  countProcessorTime()
  const pack = await loadPack(starter)
  const info = packInfo(pack)
  const rows: Row[] = []

  for (const size of sizes) {
    const engine = createEngine({ device: 'cpu', threads: 1 })
    const recipeOf = (patch: RecipePatch) =>
      completeRecipe({ width_height: [...size], seed: 1, ...patch }, info)
    const take = (patch: RecipePatch) => render(engine, pack, recipeOf(patch))
    const { speed } = await take(calibration)
    // Loading is not part of a forecast: what the calibration render did not need is loaded here.
    await take({ steps: 2, use_secondary_model: false })
    const yardstick = forecastSeconds(recipeOf(calibration), info, speed)
    let before = (await take(calibration)).seconds

    for (const [what, patch] of Object.entries(recipes)) {
      const forecast = forecastSeconds(recipeOf(patch), info, speed)
      const { seconds } = await take(patch)
      const after = (await take(calibration)).seconds
      // On a machine that is busy with other things the same render takes longer now and then.
      const slowness = (before + after) / 2 / yardstick
      before = after
      rows.push(rowOf(`seconds, ${size.join('×')}, ${what}`, forecast, seconds / slowness))
    }
    await engine.release()
  }

  return rows
}

async function render(
  engine: Engine,
  pack: Pack,
  recipe: ReturnType<typeof completeRecipe>,
): Promise<{ speed: Speed; seconds: number }> {
  const run = engine.render(recipe, pack, { previewEvery: 0 })
  let next = await run.next()
  while (!next.done) next = await run.next()

  return { speed: next.value.speed, seconds: next.value.seconds.total }
}

/** The clock becomes that of this process, which has one thread at work: what else the machine does is not counted. */
function countProcessorTime(): void {
  performance.now = () => {
    const { user, system } = process.cpuUsage()

    return (user + system) / 1000
  }
}

const rowOf = (what: string, forecast: number, measured: number): Row => ({
  what,
  ours: forecast,
  theirs: measured,
  unit: 's',
  ratio: forecast / measured,
  target: `±${100 * mostMiss} %`,
  ok: Math.abs(forecast / measured - 1) <= mostMiss,
})
