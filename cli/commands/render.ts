import { readFile } from 'node:fs/promises'
import { dirname, extname, isAbsolute, resolve } from 'node:path'
import { Command, Option } from 'commander'
import { createEngine, createTrace, loadPack, packInfo, type RenderResult, readMerges } from '#diffusion'
import {
  checkRecipe,
  clipNames,
  type PackInfo,
  type Recipe,
  type RecipePatch,
  readSettings,
  TeststripError,
} from '#study'
import { print, printJson, progressLine, say, writeWhole, wrongUse } from '../output.ts'
import { readSets } from '../read-sets.ts'

interface Options {
  pack: string
  out: string
  trace?: string
  device: 'cpu'
  threads?: number
  set: string[]
  json?: boolean
}

const collect = (value: string, list: string[]) => [...list, value]

function wholeNumber(text: string): number {
  if (!/^[1-9]\d{0,2}$/.test(text))
    throw wrongUse(`--threads must be a whole number from 1 to 999, but is ${text}.`)

  return Number(text)
}

export const renderCommand = () =>
  new Command('render')
    .description('Render one picture; no services needed')
    .argument('<settings>', "Disco Diffusion's *_settings.txt, or a recipe in YAML or JSON")
    .requiredOption('--pack <dir>', 'folder of the pack that renders')
    .requiredOption('--out <image>', 'where the PNG goes')
    .option('--trace <file>', 'also write every step as one safetensors file')
    .addOption(new Option('--device <name>', 'what computes').choices(['cpu']).default('cpu'))
    .option('--threads <n>', 'threads inside one operation; part of what fixes the bits', wholeNumber)
    .addOption(
      new Option('--set <name=value>', 'set a parameter, in JSON or bare text; repeatable')
        .argParser(collect)
        .default([], 'none'),
    )
    .option('--json', 'answer in JSON')
    .action(render)

async function render(settings: string, options: Options): Promise<void> {
  if (extname(options.out).toLowerCase() !== '.png')
    throw wrongUse(`--out must end in .png, but is ${options.out}.`)
  const sets = readSets(options.set)
  const { patch, notices } = readSettings(await readFile(settings, 'utf8'))
  const pack = await loadPack(options.pack)
  const info = packInfo(pack)

  const wanted = besideFile(settings, { ...heldClips({ ...patch }, info, notices), ...sets })
  const checked = checkRecipe(wanted, info, readMerges())
  for (const notice of [...notices, ...checked.notices]) say(notice)
  if (!checked.recipe)
    throw new TeststripError('invalid_input', checked.problems.map((problem) => problem.message).join(' '), {
      problems: checked.problems,
    })

  const trace = options.trace ? createTrace() : undefined
  const result = await run(checked.recipe)
  const files = result.images.map((_, i) => numbered(options.out, i, result.images.length))
  for (const [i, image] of result.images.entries()) await writeWhole(files[i]!, image.png)
  if (options.trace && trace) await writeWhole(options.trace, trace.toSafetensors())

  if (options.json) {
    const images = result.images.map(({ width, height }, i) => ({ file: resolve(files[i]!), width, height }))
    printJson({
      images,
      metrics: result.metrics,
      seconds: result.seconds,
      pack: { name: info.name, hash: info.hash },
    })
  } else for (const file of files) print(file)

  async function run(recipe: Recipe): Promise<RenderResult> {
    const stop = new AbortController()
    const abort = () => stop.abort()
    process.once('SIGINT', abort)
    process.once('SIGTERM', abort)
    const engine = createEngine({
      device: options.device,
      ...(options.threads ? { threads: options.threads } : {}),
    })
    const progress = progressLine()
    try {
      const events = engine.render(recipe, pack, { signal: stop.signal, trace })
      for (;;) {
        const next = await events.next()
        if (next.done) return next.value
        progress.show(`step ${next.value.step} of ${next.value.of}`)
      }
    } finally {
      progress.end()
      process.off('SIGINT', abort)
      process.off('SIGTERM', abort)
      await engine.release()
    }
  }
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

/** File names in settings are relative to the settings file. */
function besideFile(settings: string, patch: RecipePatch): RecipePatch {
  const { init_image: image } = patch
  const isFile = typeof image === 'string' && image !== '' && !/^(none|[a-z]+:\/\/.*)$/i.test(image)

  return isFile && !isAbsolute(image) ? { ...patch, init_image: resolve(dirname(settings), image) } : patch
}

/** `a.png`, or `a(0001).png`, `a(0002).png` … when there are several. */
function numbered(out: string, index: number, count: number): string {
  if (count === 1) return out
  const extension = extname(out)

  return `${out.slice(0, -extension.length)}(${String(index + 1).padStart(4, '0')})${extension}`
}
