import {
  cellAt,
  changedFromDefaults,
  clipNames,
  isRunAxis,
  type Plan,
  parameterNamed,
  parsePrompt,
  type Recipe,
  type View,
} from '#study'

/**
 * What a reader must know besides the axes: all that decides pixels and differs from Disco Diffusion's defaults, in
 * full. Axes that the view does not show stand at one point, which is said.
 */
export function fixedConditions(plan: Plan, view: View, recipe: Recipe): { name: string; value: string }[] {
  const onAxes = new Set<string>(plan.axes.flatMap((axis) => axis.parameters))
  const changed = changedFromDefaults(recipe)
    .filter(({ name }) => !onAxes.has(name) && !(clipNames as readonly string[]).includes(name))
    .filter(({ name }) => name !== 'noise' && name !== 'seed' && parameterNamed(name)?.pixels)

  const hasSteps = changed.some(({ name }) => name === 'steps')
  const entries = changed.flatMap((entry) => inPlainWords(entry, recipe, { onAxes, hasSteps }))

  return [
    ...hiddenAxes(plan, view),
    ...(onAxes.has('text_prompts') ? promptsOnAxes(plan) : []),
    ...entries,
    ...(clipNames.some((name) => onAxes.has(name)) ? [] : [{ name: 'clip', value: clipsOf(plan, recipe) }]),
    ...(onAxes.has('seed') ? [] : [{ name: 'seed', value: String(recipe.seed) }]),
    ...(onAxes.has('noise') ? [] : [{ name: 'noise', value: noiseOf(plan, recipe) }]),
  ]
}

/** Steps and skipped ones are one fact, and weights of prompts are figures beside their words. */
function inPlainWords(
  entry: { name: string; value: string },
  recipe: Recipe,
  { onAxes, hasSteps }: { onAxes: ReadonlySet<string>; hasSteps: boolean },
): { name: string; value: string }[] {
  const { name } = entry
  const prompts = name === 'text_prompts' ? stillPrompts(recipe) : null
  if (prompts) return [{ name, value: prompts }]
  if (onAxes.has('steps') || onAxes.has('skip_steps')) return [entry]
  if (name === 'skip_steps') return hasSteps ? [] : [entry]
  const skipped = recipe.skip_steps === 0 ? 'none' : recipe.skip_steps

  return name === 'steps' ? [{ name, value: `${recipe.steps}, ${skipped} skipped` }] : [entry]
}

/** Labels of swapped words and of weights do not tell the prompt they stand in, so that is said of one cell. */
function promptsOnAxes(plan: Plan): { name: string; value: string }[] {
  const prompts = stillPrompts(cellAt(plan, 0).recipe)
  const labels = plan.axes.map((axis) => axis.points[0]!.label)
  if (!prompts || labels.includes(prompts)) return []

  return [{ name: 'text_prompts', value: `in the first cell: ${prompts}` }]
}

/** All prompts of a still with their weights; null where they change from frame to frame. */
function stillPrompts({ text_prompts: prompts }: Recipe): string | null {
  return prompts['0'] && Object.keys(prompts).length === 1 ? prompts['0'].map(weighted).join('; ') : null
}

/** `fog −0.5`; the usual weight is not said. */
function weighted(prompt: string): string {
  const { text, weight } = parsePrompt(prompt)

  return weight === 1 ? text.trim() : `${text.trim()} ${String(weight).replace('-', '−')}`
}

function hiddenAxes(plan: Plan, view: View): { name: string; value: string }[] {
  const shown = [...view.columns, ...view.rows, ...(view.groups ?? []), ...(view.pages ?? [])]

  return plan.axes.flatMap((axis, i) => {
    if (shown.includes(i)) return []
    const at = view.slider?.find((slider) => slider.axis === i)?.point ?? 0
    const point = axis.points[Math.min(at, axis.points.length - 1)]!

    return [{ name: axis.name, value: `${point.label} (one of ${axis.points.length} in this study)` }]
  })
}

function clipsOf(plan: Plan, recipe: Recipe): string {
  const on = clipNames.filter((name) => recipe[name] && plan.pack.clip.some((clip) => clip.name === name))

  return on.length === 0 ? 'none' : on.join(' + ')
}

function noiseOf(plan: Plan, recipe: Recipe): string {
  // Pictures of one run share its noise anyhow.
  const axes = plan.axes.filter((axis) => !isRunAxis(axis))
  if (recipe.noise !== 'paired' || axes.length === 0) return String(recipe.noise)
  // A set of models is one thing to a reader, and a switch per model in a recipe.
  const isClip = (name: string) => (clipNames as readonly string[]).includes(name)
  const varied = axes.flatMap((axis) => axis.parameters.map((name) => (isClip(name) ? 'clip' : name)))
  const count = new Set(varied).size

  return `paired: cells differ by the ${count === 1 ? 'one parameter' : `${inWords(count)} parameters`} and by nothing else`
}

const words = ['', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine']
const inWords = (count: number) => words[count] ?? String(count)
