import {
  type Axis,
  axisToText,
  completeRecipe,
  type PackInfo,
  type Problem,
  parseAxis,
  type Recipe,
  type RecipePatch,
  type StudyFile,
  type View,
} from '#study'
import { followed, type Place, placed, swapped } from './places.ts'

/** A study file in the making; `key` keeps the fields of an axis together while its text and place change. */
export interface Draft {
  file: StudyFile
  axisKeys: number[]
}

export type Change =
  | { kind: 'title'; title: string }
  | { kind: 'value'; name: keyof Recipe; value: unknown }
  | { kind: 'reset'; name: keyof Recipe }
  | { kind: 'add axis'; axis: StudyFile['axes'][number] }
  | { kind: 'edit axis'; index: number; text: string }
  | { kind: 'remove axis'; index: number }
  | { kind: 'move axis'; from: number; to: number }
  | { kind: 'place axis'; index: number; to: Place }
  | { kind: 'swap' }
  | { kind: 'add skip'; text: string }
  | { kind: 'edit skip'; index: number; text: string }
  | { kind: 'remove skip'; index: number }
  | { kind: 'patch'; patch: RecipePatch }
  | { kind: 'pack'; pack: string }
  | { kind: 'fill'; file: StudyFile }

export const draftOf = (file: StudyFile): Draft => ({ file, axisKeys: file.axes.map((_, index) => index) })

/** The draft after a change. Values equal to the default of the pack are not kept: a study says what differs. */
export function changed(draft: Draft, change: Change, pack: PackInfo): Draft {
  const { file, axisKeys } = draft
  const withFile = (patch: Partial<StudyFile>): Draft => ({ ...draft, file: { ...file, ...patch } })
  const withView = (view: View | undefined, rest: Partial<StudyFile> = {}): StudyFile => {
    const { view: _, ...without } = file
    return { ...without, ...rest, ...(view ? { view } : {}) }
  }
  /** `order` holds the old index of every axis; the view, which names axes by index, follows. */
  const withAxes = (axes: StudyFile['axes'], keys: number[], order: number[]): Draft => ({
    file: withView(followed(file.view, order), { axes }),
    axisKeys: keys,
  })
  const withSkip = (skip: string[]): Draft => {
    const { skip: _, ...rest } = file
    return { ...draft, file: skip.length > 0 ? { ...rest, skip } : rest }
  }
  const indices = file.axes.map((_, index) => index)
  const skip = file.skip ?? []

  switch (change.kind) {
    case 'title':
      return withFile({ title: change.title })
    case 'pack':
      return withFile({ pack: change.pack })
    case 'fill':
      return draftOf(change.file)
    case 'reset':
      return withFile({ recipe: without(file.recipe, change.name) })
    case 'value':
      return withFile({ recipe: patched(file.recipe, { [change.name]: change.value }, pack) })
    case 'patch':
      return withFile({ recipe: patched(file.recipe, change.patch, pack) })
    case 'add axis':
      return withAxes(
        [...file.axes, change.axis],
        [...axisKeys, Math.max(-1, ...axisKeys) + 1],
        [...indices, -1],
      )
    case 'edit axis':
      return { ...draft, file: { ...file, axes: file.axes.with(change.index, change.text) } }
    case 'remove axis':
      return withAxes(
        file.axes.toSpliced(change.index, 1),
        axisKeys.toSpliced(change.index, 1),
        indices.toSpliced(change.index, 1),
      )
    case 'move axis': {
      const order = moved(indices, change.from, change.to)
      return withAxes(
        order.map((from) => file.axes[from]!),
        order.map((from) => axisKeys[from]!),
        order,
      )
    }
    case 'place axis':
      return {
        ...draft,
        file: withView(placed(file.view, { axes: file.axes.length, axis: change.index, to: change.to })),
      }
    case 'swap':
      return { ...draft, file: withView(swapped(file.view, file.axes.length)) }
    case 'add skip':
      return withSkip([...skip, change.text])
    case 'edit skip':
      return withSkip(skip.with(change.index, change.text))
    case 'remove skip':
      return withSkip(skip.toSpliced(change.index, 1))
  }
}

/** The recipe with other values; those equal to the default of the pack are left out. */
function patched(recipe: StudyFile['recipe'], patch: RecipePatch, pack: PackInfo): StudyFile['recipe'] {
  const standard = completeRecipe({}, pack)
  const isStandard = (name: string, value: unknown) =>
    JSON.stringify(standard[name as keyof Recipe]) === JSON.stringify(value)

  return Object.fromEntries(
    Object.entries({ ...recipe, ...patch }).filter(
      ([name, value]) => !(name in patch && isStandard(name, value)),
    ),
  )
}

export type AxisState = { text: string } & ({ axis: Axis; problem: null } | { axis: null; problem: Problem })

/** An axis of the file as the builder shows it: its text, and its points or what is wrong. */
export function readAxis(source: StudyFile['axes'][number]): AxisState {
  if (typeof source === 'string') {
    const parsed = parseAxis(source)
    return parsed.ok
      ? { text: source, axis: parsed.axis, problem: null }
      : { text: source, axis: null, problem: parsed.problem }
  }
  const name = source.parameters.join(' & ')
  const axis = { name, parameters: source.parameters, points: source.points } as Omit<Axis, 'text'>
  const text = source.text ?? axisToText(axis)

  return { text, axis: { ...axis, text }, problem: null }
}

/** What is sent and saved: a title of its own even before one is typed, and neither empty axes nor empty rules. */
export function fileOf(draft: Draft): StudyFile {
  const { file } = draft
  const empty = (axis: StudyFile['axes'][number]) => typeof axis === 'string' && axis.trim() === ''
  const kept = [...file.axes.keys()].filter((index) => !empty(file.axes[index]!))
  const { view: _, skip: rules = [], ...rest } = file
  const view = kept.length === file.axes.length ? file.view : followed(file.view, kept)
  const skip = rules.filter((rule) => rule.trim() !== '')

  return {
    ...rest,
    title: file.title.trim() || titleFrom(file),
    axes: kept.map((index) => file.axes[index]!),
    ...(skip.length > 0 ? { skip } : {}),
    ...(view ? { view } : {}),
  }
}

/** `clip_guidance_scale × eta`, for a study nobody has named. */
export function titleFrom(file: StudyFile): string {
  const names = file.axes.map(readAxis).flatMap(({ axis }) => (axis ? [axis.name] : []))

  return names.length > 0 ? names.join(' × ').slice(0, 200) : 'Untitled study'
}

function without(recipe: StudyFile['recipe'], name: keyof Recipe): StudyFile['recipe'] {
  const { [name]: _, ...rest } = recipe

  return rest
}

function moved<Item>(list: readonly Item[], from: number, to: number): Item[] {
  return list.toSpliced(from, 1).toSpliced(to, 0, list[from]!)
}
