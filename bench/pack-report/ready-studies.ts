import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { cellAt, keepStudyPictures, makePlan, type PackInfo, type Plan, parseStudyFile } from '#study'
import type { Rendered, Renderers } from './render-all.ts'

export interface ReadyStudy {
  /** its file's name without `.study.yaml` */
  name: string
  plan: Plan
}

const ending = '.study.yaml'

/** The study files of a folder in the order of their names; pictures they name lie beside them. */
export async function readyStudies(folder: string, pack: PackInfo): Promise<ReadyStudy[]> {
  const files = readdirSync(folder).filter((file) => file.endsWith(ending))

  return Promise.all(
    files.sort().map(async (name) => {
      const text = readFileSync(join(folder, name), 'utf8')
      const file = await keepStudyPictures(parseStudyFile(text), async (picture) => join(folder, picture))
      const { plan, problems } = makePlan(file, pack)
      if (!plan) throw new Error(`${name}: ${problems[0]?.message}`)

      return { name: name.slice(0, -ending.length), plan }
    }),
  )
}

/** All cells in their order, each with its seed moved on by `shift` thousand. */
export function renderCells(plan: Plan, renderers: Renderers, shift = 0): Promise<Rendered[]> {
  return Promise.all(
    Array.from({ length: plan.size }, (_, seq) => {
      const { recipe } = cellAt(plan, seq)

      return renderers.render({ ...recipe, seed: recipe.seed + 1000 * shift })
    }),
  )
}
