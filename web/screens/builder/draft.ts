import {
  type Axis,
  axisToText,
  completeRecipe,
  type PackInfo,
  type Problem,
  parseAxis,
  type Recipe,
  type StudyFile,
} from '#study'

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
  | { kind: 'pack'; pack: string }
  | { kind: 'fill'; file: StudyFile }

export const draftOf = (file: StudyFile): Draft => ({ file, axisKeys: file.axes.map((_, index) => index) })

/** The draft after a change. Values equal to the default of the pack are not kept: a study says what differs. */
export function changed(draft: Draft, change: Change, pack: PackInfo): Draft {
  const { file, axisKeys } = draft
  const withFile = (patch: Partial<StudyFile>): Draft => ({ ...draft, file: { ...file, ...patch } })
  // A view names axes by place, so it does not survive when places change.
  const withAxes = (axes: StudyFile['axes'], keys: number[]): Draft => {
    const { view: _, ...rest } = file
    return { file: { ...rest, axes }, axisKeys: keys }
  }

  switch (change.kind) {
    case 'title':
      return withFile({ title: change.title })
    case 'pack':
      return withFile({ pack: change.pack })
    case 'fill':
      return draftOf(change.file)
    case 'reset':
      return withFile({ recipe: without(file.recipe, change.name) })
    case 'value': {
      const standard = completeRecipe({}, pack)[change.name]
      const same = JSON.stringify(standard) === JSON.stringify(change.value)
      return withFile({
        recipe: same ? without(file.recipe, change.name) : { ...file.recipe, [change.name]: change.value },
      })
    }
    case 'add axis':
      return withAxes([...file.axes, change.axis], [...axisKeys, Math.max(-1, ...axisKeys) + 1])
    case 'edit axis':
      return { ...draft, file: { ...file, axes: file.axes.with(change.index, change.text) } }
    case 'remove axis':
      return withAxes(file.axes.toSpliced(change.index, 1), axisKeys.toSpliced(change.index, 1))
    case 'move axis':
      return withAxes(moved(file.axes, change.from, change.to), moved(axisKeys, change.from, change.to))
  }
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

/** What is sent and saved: a title of its own even before one is typed, and no empty axes. */
export function fileOf(draft: Draft): StudyFile {
  const { file } = draft

  return {
    ...file,
    title: file.title.trim() || titleFrom(file),
    axes: file.axes.filter((axis) => typeof axis !== 'string' || axis.trim() !== ''),
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
