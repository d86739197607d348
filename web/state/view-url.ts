/** Which axes lie where, by index. Every axis is in exactly one place; those on pages show one point at a time. */
export interface Places {
  columns: number[]
  rows: number[]
  pages: number[]
}

export type Place = keyof Places

/** All that decides what a study's screen shows, and so all that its URL says. */
export interface ViewState {
  places: Places
  /** The point shown of each axis on pages; 0 where nothing is said. */
  at: Record<number, number>
  /** Edge of a cell in pixels; null fits the columns to the window. */
  size: number | null
  selected: number | null
  /** Cells picked for comparison, in the order they were picked. */
  picked: number[]
}

export const sizes = { least: 24, most: 512 } as const
export const mostPicked = 9

const places = ['columns', 'rows', 'pages'] as const
const keys: Record<Place, string> = { columns: 'cols', rows: 'rows', pages: 'pages' }

/**
 * Reads a view from a URL. What makes no sense for this study (another one's axes, points that are gone) falls back
 * to `standard`, because a link may be older than the study.
 *
 * @example
 * readView(new URLSearchParams('cols=1&rows=0&at=2.3&cell=7'), { lengths: [4, 4, 8], standard })
 */
export function readView(
  params: URLSearchParams,
  study: { lengths: readonly number[]; standard: Places },
): ViewState {
  const cells = study.lengths.reduce((product, length) => product * length, 1)
  const asSeq = (text: string | null | undefined) => within(text, cells)
  const size = params.get('size') === null ? null : Number(params.get('size'))

  return {
    places: readPlaces(params, study),
    at: Object.fromEntries(
      list(params.get('at')).flatMap((pair) => {
        const [axis, point] = pair.split('.')
        const index = within(axis, study.lengths.length)
        const value = index === null ? null : within(point, study.lengths[index]!)
        return index === null || value === null ? [] : [[index, value]]
      }),
    ),
    size: size !== null && Number.isFinite(size) ? clampSize(size) : null,
    selected: asSeq(params.get('cell')),
    picked: [...new Set(list(params.get('pick')).map(asSeq))]
      .filter((seq): seq is number => seq !== null)
      .slice(0, mostPicked),
  }
}

/** The query of a view; only what differs from the study's own view is written, so that links stay short. */
export function writeView(state: ViewState, standard: Places): string {
  const params: [string, string][] = []
  if (!samePlaces(state.places, standard))
    for (const place of places) params.push([keys[place], state.places[place].join('.')])
  const at = Object.entries(state.at).filter(
    ([axis, point]) => point !== 0 && state.places.pages.includes(Number(axis)),
  )
  if (at.length > 0) params.push(['at', at.map(([axis, point]) => `${axis}.${point}`).join(',')])
  if (state.size !== null) params.push(['size', String(state.size)])
  if (state.selected !== null) params.push(['cell', String(state.selected)])
  if (state.picked.length > 0) params.push(['pick', state.picked.join(',')])

  return params.length === 0 ? '' : `?${params.map(([key, value]) => `${key}=${value}`).join('&')}`
}

/** The query with which the sheet of this view is printed: every axis is said, whatever the study's own view is. */
export const sheetQuery = (view: ViewState): string => {
  const { columns, rows, pages } = view.places
  const at = Object.entries(view.at).map(([axis, point]) => `${axis}.${point}`)
  const query = [`cols=${columns.join('.')}`, `rows=${rows.join('.')}`, `pages=${pages.join('.')}`]

  return `?${[...query, ...(at.length > 0 ? [`at=${at.join(',')}`] : [])].join('&')}`
}

/** Moves an axis before position `index` of a place (to its end without one). */
export function moveAxis(from: Places, axis: number, to: Place, index?: number): Places {
  const without = (place: Place) => from[place].filter((each) => each !== axis)
  const rest: Places = { columns: without('columns'), rows: without('rows'), pages: without('pages') }
  rest[to].splice(index ?? rest[to].length, 0, axis)

  return rest
}

/** Columns become rows and rows columns. */
export const swapPlaces = (from: Places): Places => ({ ...from, columns: from.rows, rows: from.columns })

export const clampSize = (size: number): number =>
  Math.min(sizes.most, Math.max(sizes.least, Math.round(size)))

export const samePlaces = (a: Places, b: Places): boolean =>
  places.every((place) => a[place].join() === b[place].join())

function readPlaces(
  params: URLSearchParams,
  study: { lengths: readonly number[]; standard: Places },
): Places {
  const read = (place: Place) =>
    list(params.get(keys[place]), '.').map((text) => within(text, study.lengths.length))
  const said = { columns: read('columns'), rows: read('rows'), pages: read('pages') }
  const all = [...said.columns, ...said.rows, ...said.pages]
  const complete =
    all.length === study.lengths.length && new Set(all).size === all.length && !all.includes(null)

  return complete ? (said as Places) : study.standard
}

const list = (text: string | null, by = ','): string[] => (text ? text.split(by) : [])

/** A whole number from 0 up to but without `end`, or null. */
function within(text: string | null | undefined, end: number): number | null {
  if (!text || !/^\d{1,9}$/.test(text)) return null
  const value = Number(text)

  return value < end ? value : null
}
