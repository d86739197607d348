import { copyFileSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { completeRecipe, type PackInfo, type RecipePatch } from '#study'
import { measured, type Row } from '../report.ts'
import type { Judged, Training } from './judge.ts'
import type { Renderers } from './render-all.ts'

interface Set {
  name: string
  patch: RecipePatch
  seeds: number[]
}

/** Least share of pictures that must show what was asked for. */
const targets = { subject: 0.96, sky: 0.96, ground: 0.92, colour: 0.75, style: 0.75 } as const
const widest = 0.05

const sets: Set[] = [
  { name: 'guided', patch: {}, seeds: [1000, 2000] },
  { name: 'unguided', patch: { clip_guidance_scale: 0 }, seeds: [1000] },
  { name: '128 × 64', patch: { width_height: [128, 64] }, seeds: [1000] },
  { name: '64 × 128', patch: { width_height: [64, 128] }, seeds: [1000] },
]

/** Fresh captions rendered by the product and judged by the independent classifier. */
export async function hitRates(options: {
  folder: string
  count: number
  pack: PackInfo
  training: Training
  renderers: Renderers
  say: (line: string) => void
}): Promise<Row[]> {
  const { folder, count, pack, training, renderers, say } = options
  const judged = new Map<string, Judged[]>()
  for (const { name, patch, seeds } of sets)
    for (const seed of seeds) {
      const target = join(folder, `${name.replaceAll(' ', '')}-${seed}`)
      mkdirSync(target, { recursive: true })
      const captions = training.captions(target, count)
      say(`${captions.length} captions, ${name}, from seed ${seed}`)
      await Promise.all(
        captions.map(async ({ file, caption }, n) => {
          const text_prompts = { '0': [caption] }
          const recipe = completeRecipe({ ...patch, text_prompts, seed: seed + n }, pack)
          copyFileSync((await renderers.render(recipe)).path, join(target, file))
        }),
      )
      judged.set(name, [...(judged.get(name) ?? []), training.judge(target)])
    }

  return [...judged].flatMap(([name, results]) => rowsOf(name, results))
}

function rowsOf(name: string, results: Judged[]): Row[] {
  const mean = (read: (one: Judged) => number) =>
    results.reduce((sum, one) => sum + read(one), 0) / results.length
  const rows = (Object.keys(targets) as (keyof typeof targets)[]).map((what) => {
    const share = mean((one) => one[what])
    const least = name === 'guided' ? targets[what] : targets[what] - widest
    const target = name === 'unguided' ? undefined : { text: `≥ ${least.toFixed(2)}`, ok: share >= least }

    return measured(`${what} seen, ${name}`, share, '', target)
  })
  const retrieval = mean((one) => one.retrieval ?? Number.NaN)
  const bySubject = Object.keys(results[0]!['by subject']).map((subject) =>
    measured(
      `${subject} seen, ${name}`,
      mean((one) => one['by subject'][subject]!),
      '',
    ),
  )

  return [
    ...rows,
    ...(Number.isNaN(retrieval) ? [] : [measured(`caption among 64, ${name}`, retrieval, '')]),
    ...(name === 'guided' ? bySubject : []),
  ]
}
