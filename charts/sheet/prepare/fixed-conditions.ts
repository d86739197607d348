import {
  changedFromDefaults,
  clipNames,
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
  if (name === 'text_prompts' && recipe.text_prompts['0'] && Object.keys(recipe.text_prompts).length === 1)
    return [{ name, value: recipe.text_prompts['0'].map(weighted).join('; ') }]
  if (onAxes.has('steps') || onAxes.has('skip_steps')) return [entry]
  if (name === 'skip_steps') return hasSteps ? [] : [entry]
  const skipped = recipe.skip_steps === 0 ? 'none' : recipe.skip_steps

  return name === 'steps' ? [{ name, value: `${recipe.steps}, ${skipped} skipped` }] : [entry]
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
  if (recipe.noise !== 'paired' || plan.axes.length === 0) return String(recipe.noise)
  const count = new Set(plan.axes.flatMap((axis) => axis.parameters)).size

  return `paired: cells differ by the ${count === 1 ? 'one parameter' : `${inWords(count)} parameters`} and by nothing else`
}

const words = ['', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine']
const inWords = (count: number) => words[count] ?? String(count)
