import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createEngine, loadPack, packInfo } from '#diffusion'
import { openNetworks } from '#diffusion/networks'
import { completeRecipe } from '#study'
import { type RowName, size } from './rows.ts'

/** One row of the table by our engine: `ours.ts ROW FOLDER SECONDS THREADS`. Prints one line of JSON. */
const [row, folder, seconds, threads] = process.argv.slice(2) as [RowName, string, string, string]
const device = { device: 'cpu', threads: Number(threads) } as const
const numbers = (name: string) => {
  const bytes = readFileSync(join(folder, `${name}.f32`))

  return new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4).slice()
}
const pack = await loadPack(folder)
const networks = await openNetworks(pack, device)
const [x, g] = [numbers('x'), numbers('g')]
const { denoiser } = networks
const secondary = networks.secondary!
const lpips = networks.lpips!
const at = [[333.25], [0.3]] as const

function clip(name: string): () => Promise<Float32Array> {
  const found = networks.clip.find((one) => one.name === name)!
  const cuts = numbers('cuts')
  const targets = numbers('targets').subarray(0, found.embed)

  return async () => (await found.lossAndGradient(cuts, 16, targets, Float32Array.of(1))).gradient
}

/** What the networks do in a row, and the numbers that show they did the same as the reference. */
const rows: Record<Exclude<RowName, 'step'>, () => () => Promise<Float32Array>> = {
  vit: () => clip('ViTB32'),
  rn50: () => clip('RN50'),
  secondary: () => async () => {
    await secondary.predict(x, size, [0.6])

    return secondary.vjp(x, size, [0.6], g)
  },
  'unet-forward': () => () => denoiser.epsilon(x, size, ...at),
  unet: () => async () => {
    await denoiser.epsilon(x, size, ...at, { keep: true })

    return (await denoiser.vjp(x, size, ...at, g)).gradient
  },
  lpips: () => async () => (await lpips.distance(x, g, size)).gradient,
}

/** Seconds of every run but the first, which also loads. */
async function timed(name: Exclude<RowName, 'step'>): Promise<number[]> {
  const run = rows[name]()
  await run()
  const times: number[] = []
  const started = performance.now()
  while (times.length < 2 || performance.now() - started < 1000 * Number(seconds)) {
    const before = performance.now()
    await run()
    times.push((performance.now() - before) / 1000)
  }
  const result = await run()
  writeFileSync(
    join(folder, `${row}.ours.f32`),
    new Uint8Array(result.buffer, result.byteOffset, result.byteLength),
  )

  return times
}

/** Seconds of every step but the first of a render as the product makes it. */
async function timedSteps(): Promise<number[]> {
  const engine = createEngine(device)
  const recipe = completeRecipe(
    {
      width_height: [...size],
      text_prompts: { 0: ['a lighthouse'] },
      ViTB32: true,
      RN50: true,
      ViTB16: false,
      cut_overview: '[12]*1000',
      cut_innercut: '[4]*1000',
      cutn_batches: 1,
      tv_scale: 0,
      sat_scale: 0,
      steps: 250,
      skip_steps: 240,
    },
    packInfo(pack),
  )
  const times: number[] = []
  let mark = performance.now()
  const started = mark
  for await (const { step } of engine.render(recipe, pack)) {
    if (step > 1) times.push((performance.now() - mark) / 1000)
    if (times.length >= 2 && performance.now() - started > 1000 * Number(seconds)) break
    mark = performance.now()
  }
  await engine.release()

  return times
}

const times = row === 'step' ? await timedSteps() : await timed(row)
const peak = 1024 * Number(/VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))![1])
console.log(JSON.stringify({ seconds: Math.min(...times), peak }))
await networks.release()
