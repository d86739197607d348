import { type Axis, axisName, axisParts, cellLimit, isRunAxis, keptSteps } from '../axis/axis.ts'
import { axisToText } from '../axis/axis-to-text.ts'
import { parseAxis } from '../axis/parse-axis.ts'
import { finds, type PromptEdit } from '../axis/prompt-edit.ts'
import type { Problem } from '../errors.ts'
import type { StructuredAxis, StudyFile, View } from '../file/study-file.ts'
import type { PackInfo } from '../pack-info.ts'
import type { ParameterName } from '../parameters/catalogue.ts'
import type { Prompts } from '../parameters/define.ts'
import { parameterNamed } from '../parameters/parameter.ts'
import type { Merges } from '../prompts/tokenize.ts'
import { checkPatch, unknownParameter } from '../recipe/check-patch.ts'
import { completeRecipe } from '../recipe/complete-recipe.ts'
import { parseSkipRule, type SkipRule } from '../skip/parse-skip-rule.ts'
import { coordsOf } from './cell-at.ts'
import { checkCombinations } from './check-combinations.ts'
import { exclusionOf } from './expand-plan.ts'
import { checkOnePicture } from './one-picture.ts'
import type { Plan } from './plan.ts'

export interface MadePlan {
  /** Null when there is any problem. */
  plan: Plan | null
  problems: Problem[]
  notices: string[]
}

/** Checks a study against a pack, base and every point, without expanding it. */
export function makePlan(
  file: StudyFile,
  pack: PackInfo,
  options: { limit?: number; merges?: Merges } = {},
): MadePlan {
  const limit = options.limit ?? cellLimit
  const base = checkPatch(file.recipe)
  const problems = [...base.problems]
  const notices = [...base.notices]

  const axes: Axis[] = []
  for (const [i, source] of file.axes.entries()) {
    const read = readAxis(source)
    problems.push(...read.problems.map((problem) => ({ ...problem, axis: i })))
    notices.push(...read.notices)
    if (read.axis) axes.push(read.axis)
  }
  problems.push(...twiceOnAxes(axes))

  const size = axes.reduce((product, axis) => product * axis.points.length, 1)
  if (size > limit)
    problems.push({
      message: `The axes make ${Number.isSafeInteger(size) ? size : `more than ${Number.MAX_SAFE_INTEGER}`} cells (${axes.map((axis) => axis.points.length).join(' × ')}), more than the limit of ${limit}; shorten an axis or make two studies.`,
    })

  notices.push(...editsInVain(axes, completeRecipe(base.patch, pack).text_prompts))

  const skip: SkipRule[] = []
  for (const text of file.skip ?? []) {
    const parsed = parseSkipRule(text)
    if (parsed.ok) skip.push(parsed.rule)
    else problems.push(parsed.problem)
  }
  if (file.view) problems.push(...checkView(file.view, file.axes.length))

  const plan: Plan = { file, base: completeRecipe(base.patch, pack), axes, size, pack, skip }
  problems.push(...checkOnePicture(plan))
  const refused = new Set(problems.map((problem) => problem.parameter))
  if (axes.length === file.axes.length && size <= limit)
    problems.push(...checkCombinations(plan, { pack, merges: options.merges }, refused))

  if (problems.length === 0 && excludesAll(plan))
    problems.push({
      message: 'The skip rules exclude every cell, so there is nothing to render; relax one of them.',
    })

  return { plan: problems.length === 0 ? plan : null, problems, notices: [...new Set(notices)] }
}

function excludesAll(plan: Plan): boolean {
  if (plan.skip.length === 0) return false
  const isExcluded = exclusionOf(plan)
  for (let seq = 0; seq < plan.size; seq++) if (!isExcluded(coordsOf(plan, seq))) return false

  return true
}

function readAxis(source: string | StructuredAxis): { axis?: Axis; problems: Problem[]; notices: string[] } {
  if (typeof source !== 'string') return structuredAxis(source)
  const parsed = parseAxis(source)

  return parsed.ok
    ? { axis: parsed.axis, problems: [], notices: parsed.notices }
    : { problems: [parsed.problem], notices: [] }
}

function structuredAxis(source: StructuredAxis): { axis?: Axis; problems: Problem[]; notices: string[] } {
  const problems: Problem[] = []
  const notices: string[] = []
  for (const name of source.parameters) {
    const parameter = parameterNamed(name)
    if (!parameter) problems.push({ message: unknownParameter(name), parameter: name })
    else if (!parameter.axis && !(name === keptSteps && isRunAxis(source)))
      problems.push({
        message: `${name} cannot be an axis: it does not change single pictures.`,
        parameter: name,
      })
  }
  if (source.points.length === 0)
    problems.push({ message: `The axis ${source.parameters.join(' & ')} has no points.` })

  const points = source.points.map((point) => {
    const checked = checkPatch(point.patch)
    problems.push(...checked.problems)
    notices.push(...checked.notices)
    const names = [
      ...Object.keys(checked.patch),
      ...(point.edit ? ['text_prompts'] : []),
      ...(point.partial === undefined ? [] : [keptSteps]),
    ]
    const stray = names.find((name) => !source.parameters.includes(name))
    const missing = source.parameters.find((name) => !names.includes(name))
    if (checked.problems.length === 0 && (stray || missing))
      problems.push({
        message: `The point "${point.label}" must set exactly ${source.parameters.join(' and ')}, but ${stray ? `also sets ${stray}` : `leaves out ${missing}`}.`,
        parameter: stray ?? missing,
      })

    return { ...point, patch: checked.patch }
  })
  if (problems.length > 0) return { problems: problems.slice(0, 20), notices }

  const axis = {
    name: axisName(source.parameters as ParameterName[]),
    parameters: source.parameters as ParameterName[],
    points,
  }

  return { axis: { ...axis, text: source.text ?? axisToText(axis) }, problems, notices }
}

/** A parameter may stand on one axis only; edits may share the prompts. */
function twiceOnAxes(axes: Axis[]): Problem[] {
  const first = new Map<ParameterName, number>()
  const problems: Problem[] = []
  for (const [i, axis] of axes.entries())
    for (const name of axis.parameters) {
      if (name === 'text_prompts' && axis.points.some((point) => point.edit)) continue
      const other = first.get(name)
      if (other === undefined) first.set(name, i)
      else
        problems.push({
          message: `${axisParts([name])[0]} is on axis ${other + 1} and on axis ${i + 1}; put all its values on one axis.`,
          parameter: name,
          axis: i,
        })
    }

  return problems
}

/** Edits that find their words neither in the prompts of the recipe nor in what other points put there. */
function editsInVain(axes: readonly Axis[], prompts: Prompts): string[] {
  const points = axes.flatMap((axis) => axis.points)
  const added = points.flatMap(({ patch, edit }) => [
    ...(patch.text_prompts ? Object.values(patch.text_prompts).flat() : []),
    ...(edit?.kind === 'swap' ? [edit.replace] : []),
  ])
  const all = { '0': [...Object.values(prompts).flat(), ...added] }
  const vain = points.flatMap(({ edit }) => (edit && !finds(all, edit) ? [wordsOf(edit)] : []))

  return [...new Set(vain)].map(
    (words) => `text_prompts: no prompt holds ${words}, so nothing changes there.`,
  )
}

const wordsOf = (edit: PromptEdit): string =>
  (edit.kind === 'order' ? edit.parts : [edit.find]).map((words) => `"${words}"`).join(' and ')

function checkView(view: View, count: number): Problem[] {
  const slider = view.slider?.map(({ axis }) => axis) ?? []
  const all = [...view.columns, ...view.rows, ...(view.groups ?? []), ...(view.pages ?? []), ...slider]
  const outside = all.find((axis) => axis >= count)
  if (outside !== undefined)
    return [{ message: `The view shows axis ${outside}, but the study has ${count} axes, counted from 0.` }]
  const twice = all.find((axis, i) => all.indexOf(axis) !== i)

  return twice === undefined ? [] : [{ message: `The view shows axis ${twice} twice.` }]
}
