import { type Filter, noFilter, readFilter, writeFilter } from './filter.ts'
import { list, readRuns, within, writeRuns } from './url-text.ts'

/**
 * Which axes lie where, by index. Every axis is in exactly one place: groups are tables side by side, pages and
 * sliders show one point at a time.
 */
export interface Places {
  columns: number[]
  rows: number[]
  groups: number[]
  pages: number[]
  slider: number[]
}

export type Place = keyof Places

/** All that decides what a study's screen shows, and so all that its URL says. */
export interface ViewState {
  places: Places
  /** The point shown of each axis on pages and sliders; 0 where nothing is said. */
  at: Record<number, number>
  /** Points of an axis that are not shown. */
  hidden: Record<number, number[]>
  /** Edge of a cell in pixels; null fits the sheet to the window. */
  size: number | null
  selected: number | null
  /** Cells picked to do something with, in the order they were picked. */
  picked: number[]
  filter: Filter
  /** The measure that colours the cells. */
  colour: string | null
}

export const sizes = { least: 1, most: 512 } as const
/** Cells compared side by side at most. */
export const mostPicked = 16
/** A longer list of picked cells would not fit every server and mail program. */
const longestPicks = 6_000

export const places = ['columns', 'rows', 'groups', 'pages', 'slider'] as const
const keys: Record<Place, string> = {
  columns: 'cols',
  rows: 'rows',
  groups: 'groups',
  pages: 'pages',
  slider: 'slide',
}

/** What of a study decides whether a link still fits it. */
export interface ViewedStudy {
  lengths: readonly number[]
  standard: Places
}

/**
 * Reads a view from a URL. What makes no sense for this study (another one's axes, points that are gone) falls back,
 * because a link may be older than the study; `notes` say so.
 *
 * @example
 * readView(new URLSearchParams('cols=1&rows=0&at=2.3&cell=7'), { lengths: [4, 4, 8], standard })
 */
export function readView(params: URLSearchParams, study: ViewedStudy): { view: ViewState; notes: string[] } {
  const notes: string[] = []
  const cells = study.lengths.reduce((product, length) => product * length, 1)
  const asSeq = (text: string | null): number | null => within(text, cells)
  const size = params.get('size') === null ? null : Number(params.get('size'))
  const at = pointsOf(params.get('at'), study)
  const hidden = pointsOf(params.get('hide'), study)
  const selected = asSeq(params.get('cell'))
  const picks = readRuns(params.get('pick'), cells)
  const foundPlaces = readPlaces(params, study)
  const filter = readFilter(params)

  if (!foundPlaces) notes.push('the axes are not those of the link')
  if (at.lost + hidden.lost > 0) notes.push('some of its values are gone')
  if ((params.get('cell') !== null && selected === null) || picks.lost > 0)
    notes.push('some of its cells are gone')
  if (filter.lost) notes.push('its filter is not understood')

  return {
    view: {
      places: foundPlaces ?? study.standard,
      at: Object.fromEntries(Object.entries(at.points).map(([axis, points]) => [axis, points.at(-1)!])),
      hidden: hidden.points,
      size: size !== null && Number.isFinite(size) ? clampSize(size) : null,
      selected,
      picked: picks.values,
      filter: filter.filter,
      colour: params.get('colour'),
    },
    notes,
  }
}

/** The query of a view; only what differs from the study's own view is written, so that links stay short. */
export function writeView(state: ViewState, standard: Places): string {
  const params: [string, string][] = []
  if (!samePlaces(state.places, standard)) params.push(...placesQuery(state.places))
  const single = [...state.places.pages, ...state.places.slider]
  const at = Object.entries(state.at).filter(([axis, point]) => point !== 0 && single.includes(Number(axis)))
  if (at.length > 0) params.push(['at', at.map(([axis, point]) => `${axis}.${point}`).join(',')])
  const hide = Object.entries(state.hidden).flatMap(([axis, points]) =>
    points.length === 0
      ? []
      : writeRuns(points)
          .split(',')
          .map((run) => `${axis}.${run}`),
  )
  if (hide.length > 0) params.push(['hide', hide.join(',')])
  if (state.size !== null) params.push(['size', String(state.size)])
  if (state.selected !== null) params.push(['cell', String(state.selected)])
  const picks = writeRuns(state.picked)
  if (picks !== '' && picks.length <= longestPicks) params.push(['pick', picks])
  params.push(...writeFilter(state.filter))
  if (state.colour !== null) params.push(['colour', encodeURIComponent(state.colour)])

  return params.length === 0 ? '' : `?${params.map(([key, value]) => `${key}=${value}`).join('&')}`
}

/** Whether a link can carry all picked cells. */
export const picksFit = (picked: readonly number[]): boolean => writeRuns(picked).length <= longestPicks

/** The query with which the sheet of this view is printed: every axis is said, whatever the study's own view is. */
export const sheetQuery = (view: ViewState): string => {
  const at = Object.entries(view.at).map(([axis, point]) => `${axis}.${point}`)
  const query = placesQuery(view.places).map(([key, value]) => `${key}=${value}`)

  return `?${[...query, ...(at.length > 0 ? [`at=${at.join(',')}`] : [])].join('&')}`
}

/** A view without anything chosen yet. */
export const plainView = (standard: Places): ViewState => ({
  places: standard,
  at: {},
  hidden: {},
  size: null,
  selected: null,
  picked: [],
  filter: noFilter,
  colour: null,
})

/** Moves an axis before position `index` of a place (to its end without one). */
export function moveAxis(from: Places, axis: number, to: Place, index?: number): Places {
  const rest = mapPlaces((place) => from[place].filter((each) => each !== axis))
  rest[to].splice(index ?? rest[to].length, 0, axis)

  return rest
}

/** Columns become rows and rows columns. */
export const swapPlaces = (from: Places): Places => ({ ...from, columns: from.rows, rows: from.columns })

/** Large cells have whole pixels; small ones may not, or zooming would stick. */
export const clampSize = (size: number): number => {
  const held = Math.min(sizes.most, Math.max(sizes.least, size))

  return held >= 16 ? Math.round(held) : Math.round(held * 100) / 100
}

export const samePlaces = (a: Places, b: Places): boolean =>
  places.every((place) => a[place].join() === b[place].join())

/** The places nothing lies in are left out, but for columns and rows. */
const placesQuery = (from: Places): [string, string][] =>
  places
    .filter((place) => from[place].length > 0 || place === 'columns' || place === 'rows')
    .map((place) => [keys[place], from[place].join('.')])

const mapPlaces = (map: (place: Place) => number[]): Places =>
  Object.fromEntries(places.map((place) => [place, map(place)])) as unknown as Places

/** Null when the URL names places, but not each axis once. */
function readPlaces(params: URLSearchParams, study: ViewedStudy): Places | null {
  if (places.every((place) => params.get(keys[place]) === null)) return study.standard
  const said = mapPlaces((place) =>
    list(params.get(keys[place]), '.').map((text) => within(text, study.lengths.length) ?? -1),
  )
  const all = places.flatMap((place) => said[place])
  const complete =
    all.length === study.lengths.length && new Set(all).size === all.length && !all.includes(-1)

  return complete ? said : null
}

/** `0.3,1.2-5` → points 3 of axis 0 and 2 to 5 of axis 1. */
function pointsOf(
  text: string | null,
  study: ViewedStudy,
): { points: Record<number, number[]>; lost: number } {
  const points: Record<number, number[]> = {}
  let lost = 0
  for (const pair of list(text)) {
    const [axisText = null, runText = null] = pair.split('.')
    const axis = within(axisText, study.lengths.length)
    const runs = axis === null ? null : readRuns(runText, study.lengths[axis]!)
    if (axis === null || !runs || runs.values.length === 0) lost++
    else {
      points[axis] = [...(points[axis] ?? []), ...runs.values]
      lost += runs.lost
    }
  }

  return { points, lost }
}
