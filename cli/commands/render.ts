import { randomInt } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { Command, Option } from 'commander'
import type { PixelMeasures } from '#charts'
import { measurePng } from '#charts/measure'
import {
  chooseDevice,
  createEngine,
  createTrace,
  type DeviceName,
  loadPack,
  packInfo,
  proveDevice,
  type RenderEvent,
  type RenderResult,
  readDevice,
  readMerges,
} from '#diffusion'
import {
  checkRecipe,
  clipNames,
  type PackInfo,
  type ReadSettings,
  type Recipe,
  type RecipePatch,
  readSettings,
  TeststripError,
  writeSettings,
} from '#study'
import { print, printJson, progressLine, say, writeWhole, wrongUse } from '../output.ts'
import { fetchOption, picturesBeside } from '../pictures.ts'
import { readSets } from '../read-sets.ts'
import { outKind, renderFiles } from '../render-files.ts'

interface Options {
  pack: string
  out: string
  trace?: string
  device?: DeviceName
  threads?: number
  set: string[]
  fetch?: boolean
  json?: boolean
}

interface SavedFiles {
  /** `path` as the command line named it */
  images: { path: string; width: number; height: number; measures?: PixelMeasures }[]
  intermediates: string[]
  settings: string | null
}

const collect = (value: string, list: string[]) => [...list, value]

function wholeNumber(text: string): number {
  if (!/^[1-9]\d{0,2}$/.test(text))
    throw wrongUse(`--threads must be a whole number from 1 to 999, but is ${text}.`)

  return Number(text)
}

function deviceName(text: string): DeviceName {
  try {
    return readDevice(text).name
  } catch (error) {
    throw wrongUse(`--device: ${(error as Error).message}`)
  }
}

export const renderCommand = () =>
  new Command('render')
    .description('Render what one settings file asks for; no services needed')
    .argument('<settings>', "Disco Diffusion's *_settings.txt, or a recipe in YAML or JSON")
    .requiredOption('--pack <dir>', 'folder of the pack that renders')
    .requiredOption(
      '--out <image>',
      'where the PNG goes, or with a / at its end a folder to fill like the notebook',
    )
    .option('--trace <file>', 'also write every step as one safetensors file')
    .option('--device <name>', 'cpu, webgpu, webgpu:N or cuda:N (the best one here)', deviceName)
    .option('--threads <n>', 'threads inside one operation; part of what fixes the bits', wholeNumber)
    .addOption(
      new Option('--set <name=value>', 'set a parameter, in JSON or bare text; repeatable')
        .argParser(collect)
        .default([], 'none'),
    )
    .option(...fetchOption)
    .option('--json', 'answer in JSON')
    .action(render)

async function render(settings: string, options: Options): Promise<void> {
  await outKind(options.out)
  const sets = readSets(options.set)
  const read = readSettings(await readFile(settings, 'utf8'))
  const { patch, notices } = read
  const pack = await loadPack(options.pack)
  const info = packInfo(pack)

  const named = { ...drawnSeed(read, notices), ...heldClips({ ...patch }, info, notices), ...sets }
  const checked = checkRecipe(named, info, readMerges())
  for (const notice of [...notices, ...checked.notices]) say(notice)
  if (!checked.recipe)
    throw new TeststripError('invalid_input', checked.problems.map((problem) => problem.message).join(' '), {
      problems: checked.problems,
    })

  const trace = options.trace ? createTrace() : undefined
  const files = await renderFiles(options.out, checked.recipe)
  const saved: SavedFiles = { images: [], intermediates: [], settings: null }
  const result = await run(checked.recipe)
  if (options.trace && trace) await writeWhole(options.trace, trace.toSafetensors())

  if (options.json) {
    const { metrics, seconds } = result
    const images = saved.images.map(({ path, ...size }) => ({ file: resolve(path), ...size }))
    printJson({ ...saved, images, metrics, seconds, pack: { name: info.name, hash: info.hash } })
  } else for (const { path } of saved.images) print(path)

  async function save(event: RenderEvent): Promise<void> {
    if (event.intermediate) {
      const file = files.intermediate(event.run, event.intermediate.j)
      await writeWhole(file, event.intermediate.png)
      saved.intermediates.push(resolve(file))
    }
    if (event.image) {
      const file = files.picture(event.run, event.runs)
      const { png, width, height } = event.image
      await writeWhole(file, png)
      const measures = options.json ? await measurePng(png) : undefined
      saved.images.push({ path: file, width, height, measures })
    }
    if (event.image && files.settings && !saved.settings) {
      await writeWhole(files.settings, writeSettings(checked.recipe!, { read, asNotebook: true }))
      saved.settings = resolve(files.settings)
    }
  }

  async function run(recipe: Recipe): Promise<RenderResult> {
    const stop = new AbortController()
    const abort = () => stop.abort()
    process.once('SIGINT', abort)
    process.once('SIGTERM', abort)
    const engine = createEngine({
      device: options.device ?? (await chooseDevice((device) => proveDevice({ device, threads: 1 }), say)),
      ...(options.threads ? { threads: options.threads } : {}),
    })
    const progress = progressLine()
    try {
      const events = engine.render(recipe, pack, {
        signal: stop.signal,
        trace,
        picture: picturesBeside(settings, options),
        previewEvery: 0,
        intermediates: true,
      })
      for (;;) {
        const next = await events.next()
        if (next.done) return next.value
        const { step, of, run, runs } = next.value
        progress.show(`step ${step} of ${of}${runs > 1 ? ` (picture ${run + 1} of ${runs})` : ''}`)
        await save(next.value)
      }
    } finally {
      progress.end()
      process.off('SIGINT', abort)
      process.off('SIGTERM', abort)
      await engine.release()
    }
  }
}

/** As in the notebook, `random_seed` is any seed; it is said, and written into the settings. */
function drawnSeed({ document }: ReadSettings, notices: string[]): RecipePatch {
  if (document.set_seed !== 'random_seed') return {}

  const seed = randomInt(2 ** 32)
  notices.push(`set_seed drew ${seed}.`)

  return { seed }
}

/** Settings name CLIPs of the machine they were made on; those the pack has not are left out, and said. */
function heldClips(patch: RecipePatch, info: PackInfo, notices: string[]): RecipePatch {
  const missing = clipNames.filter(
    (name) => patch[name] === true && !info.clip.some((clip) => clip.name === name),
  )
  for (const name of missing) patch[name] = false
  if (missing.length > 0)
    notices.push(`The pack "${info.name}" has no ${missing.join(', ')}; rendering without.`)

  return patch
}
