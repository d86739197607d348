/** The figures, in the order of their keys 1 … 5. */
export const figures = ['main', 'together', 'variance', 'scatter', 'parallel'] as const

export type FigureName = (typeof figures)[number]

export const figureLabels: Record<FigureName, string> = {
  main: 'Main effects',
  together: 'Interaction',
  variance: 'Variance',
  scatter: 'Scatter',
  parallel: 'All at once',
}

/** All that decides what the screen shows, and so all that its URL says. */
export interface EffectsState {
  figure: FigureName
  measure: string
  /** The second measure of the scatter, up. */
  against: string
  /** The axes of the interaction, across and down, by index. */
  columns: number
  rows: number
  /** Only what goes beyond both axes' own effects. */
  beyond: boolean
}

interface Choices {
  measures: readonly string[]
  /** Points of each axis; an axis that is chance comes last in what is offered. */
  axes: readonly { labels: readonly string[]; isSeed: boolean }[]
}

/** Reads the state from a URL; what this study has not falls back to the first there is. */
export function readEffects(params: URLSearchParams, { measures, axes }: Choices): EffectsState {
  const figure = figures.find((each) => each === params.get('figure')) ?? 'main'
  const named = (name: string) => measures.find((each) => each === params.get(name))
  const measure = named('measure') ?? measures[0] ?? ''
  const [first = 0, second = 1] = crossable(axes)
  const axis = (name: string) => crossable(axes).find((each) => String(each) === params.get(name))
  const columns = axis('columns') ?? first
  const rows = axis('rows') ?? second

  return {
    figure,
    measure,
    against:
      named('against') ??
      measures.find((each) => each !== measure && !each.startsWith('clipPrompt')) ??
      measure,
    columns,
    beyond: params.get('beyond') === 'true',
    rows: rows === columns ? (crossable(axes).find((each) => each !== columns) ?? rows) : rows,
  }
}

/** Axes with more than one point, those of settings before those of chance. */
export const crossable = (axes: Choices['axes']): number[] =>
  axes
    .flatMap(({ labels }, k) => (labels.length > 1 ? [k] : []))
    .sort((a, b) => Number(axes[a]!.isSeed) - Number(axes[b]!.isSeed))

/** Only what differs from what would be read anyway. */
export function writeEffects(state: EffectsState, choices: Choices): string {
  const standard = readEffects(new URLSearchParams({ measure: state.measure }), choices)
  const params = new URLSearchParams()
  if (state.measure !== choices.measures[0]) params.set('measure', state.measure)
  for (const key of ['figure', 'against', 'columns', 'rows', 'beyond'] as const)
    if (state[key] !== standard[key]) params.set(key, String(state[key]))
  const text = params.toString()

  return text && `?${text}`
}
