import { mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { loadPack, packInfo } from '#diffusion'
import { completeRecipe, type PackInfo, type RecipePatch } from '#study'
import { machine, measured, type Row, toTable } from '../report.ts'
import { hitRates } from './hit-rates.ts'
import { openTraining, type Training } from './judge.ts'
import { type PackReport, toPage } from './page.ts'
import { openRenderers, type Renderers } from './render-all.ts'
import { templateSheets } from './template-sheets.ts'

/**
 * `npm run pack:report [-- --json] [-- --captions N]`: what the starter pack can do, as a page and as JSON in
 * var/pack-report. Pictures are kept by their render keys, so an interrupted report goes on where it was.
 */
const root = resolve(import.meta.dirname, '..', '..')
const folder = join(process.env.TESTSTRIP_DATA ?? join(root, 'var'), 'pack-report')
const flags = process.argv.slice(2)
const captions = Number(flags[flags.indexOf('--captions') + 1] ?? 0) || 100
const say = (line: string) => console.error(`• ${line}`)

const packFolder = join(root, 'models', 'packs', 'starter')
const pack = packInfo(await loadPack(packFolder))
mkdirSync(join(folder, 'sheets'), { recursive: true })
const training = openTraining(join(root, 'models', 'training'), say)
const renderers = openRenderers({ packFolder, pack, cache: join(folder, 'renders') })
try {
  const rows = [
    ...(await seconds(renderers, pack)),
    ...retrievals(training),
    ...(await hitRates({ folder, count: captions, pack, training, renderers, say })),
  ]
  const templates = await templateSheets({
    templates: join(root, 'examples', 'templates'),
    sheets: join(folder, 'sheets'),
    pack,
    renderers,
    say,
  })
  const report: PackReport = {
    name: 'pack',
    machine: machine(),
    pack: pack.title,
    rows: [...rows, ...templates.flatMap(effectRows)],
    templates,
  }
  writeFileSync(join(folder, 'report.json'), JSON.stringify(report, null, 2))
  writeFileSync(join(folder, 'index.html'), toPage(report))
  say(`The report: ${join(folder, 'index.html')}`)
  console.log(flags.includes('--json') ? JSON.stringify(report) : toTable(report))
} finally {
  renderers.close()
}

/** One picture alone on the machine, one thread, the networks opened before; the median of three. */
async function seconds(all: Renderers, info: PackInfo): Promise<Row[]> {
  const time = async (patch: RecipePatch) => {
    const times: number[] = []
    for (const seed of [1, 2, 3, 4]) {
      const recipe = completeRecipe({ ...patch, seed: seed * 7919 }, info)
      times.push((await all.render(recipe)).seconds)
    }

    return times.slice(1).sort((a, b) => a - b)[1]!
  }
  const settings = [
    { name: 'as the pack says', patch: {}, most: 5 },
    { name: 'fast', patch: { steps: 25, use_secondary_model: true }, most: 2.5 },
  ]
  const rows: Row[] = []
  for (const { name, patch, most } of settings) {
    const value = await time(patch)
    rows.push(measured(`one picture, ${name}`, value, 's', { text: `≤ ${most}`, ok: value <= most }))
  }

  return rows
}

function retrievals(all: Training): Row[] {
  const least: Record<string, number> = { 'held out': 0.92, cutouts: 0.88 }

  return Object.entries(all.retrieval()).map(([what, share]) =>
    measured(
      `caption among 64, ${what}`,
      share,
      '',
      what in least ? { text: `≥ ${least[what]}`, ok: share >= least[what]! } : undefined,
    ),
  )
}

function effectRows({ title, effects }: PackReport['templates'][number]): Row[] {
  return effects.map(({ axis, p }) =>
    measured(`${title}: ${axis}, chance of seeds doing as much`, p, '', { text: '< 0.05', ok: p < 0.05 }),
  )
}
