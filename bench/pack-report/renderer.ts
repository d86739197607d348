import { readFile } from 'node:fs/promises'
import { measurePng } from '#charts/measure'
import { createEngine, loadPack } from '#diffusion'
import type { Recipe } from '#study'

/** One engine in a process of its own: a recipe in, a picture out, one after the other. */
export interface Ask {
  recipe: Recipe
}

export interface Answer {
  png: Uint8Array
  metrics: Record<string, number | null>
  seconds: number
}

const pack = await loadPack(process.argv[2]!)
const engine = createEngine({ device: 'cpu', threads: 1 })

process.on('message', async ({ recipe }: Ask) => {
  const render = engine.render(recipe, pack, { picture: (path) => readFile(path) })
  let next = await render.next()
  while (!next.done) next = await render.next()
  const { images, metrics, seconds } = next.value
  const { clipSimilarity } = metrics
  const pixels = await measurePng(images[0]!.png)
  process.send!({
    png: images[0]!.png,
    metrics: { clipSimilarity, ...pixels },
    seconds: seconds.total,
  } satisfies Answer)
})
process.on('disconnect', () => process.exit())
process.send!('ready')
