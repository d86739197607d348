import { frameCount } from '../key-frames/frames-of.ts'
import type { ParameterName, Recipe, RecipePatch } from '../parameters/catalogue.ts'
import type { Prompts } from '../parameters/define.ts'
import type { Plan } from '../plan/plan.ts'
import { parsePrompt } from '../prompts/parse-prompt.ts'
import { promptSets } from '../prompts/prompt-sets.ts'

/** A picture that is asked for: where, and under which name. */
export interface NamedPicture {
  parameter: ParameterName
  /** a file name, an address or a reference */
  name: string
  /** index into the axes of the study that names it there */
  axis?: number
}

/** The pictures that a recipe reads, each once. The recipe must have been checked. */
export function picturesOf(recipe: Recipe): NamedPicture[] {
  const lines = promptSets(recipe.image_prompts, frameCount(recipe)).flatMap(({ prompts }) => prompts)

  return distinct([...initOf(recipe.perlin_init ? null : recipe.init_image), ...lines.map(promptPicture)])
}

/** The pictures that a study names, those of its recipe that no axis replaces and those on its axes, each once. */
export function picturesOfPlan({ base, axes }: Pick<Plan, 'base' | 'axes'>): NamedPicture[] {
  const onAxis = new Set(axes.flatMap((axis) => axis.parameters))
  const ofBase = namedIn(base).filter(({ parameter }) => !onAxis.has(parameter))
  const ofAxes = axes.flatMap(({ points }, axis) =>
    points.flatMap(({ patch }) => namedIn(patch).map((named) => ({ ...named, axis }))),
  )

  return distinct([...ofBase, ...ofAxes])
}

function namedIn({ init_image = null, image_prompts = {} }: RecipePatch): NamedPicture[] {
  return [...initOf(init_image), ...linesOf(image_prompts).map(promptPicture)]
}

const initOf = (name: string | null): NamedPicture[] =>
  name === null ? [] : [{ parameter: 'init_image', name }]

const linesOf = (prompts: Prompts): string[] => Object.values(prompts).flat()

const promptPicture = (prompt: string): NamedPicture => ({
  parameter: 'image_prompts',
  name: parsePrompt(prompt).text,
})

function distinct(named: NamedPicture[]): NamedPicture[] {
  const seen = new Set<string>()

  return named.filter(({ name }) => !seen.has(name) && seen.add(name))
}
