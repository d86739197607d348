import { defaultView, type Plan, type View } from '#study'
import { type SheetQuery, sheetQuery, viewOf } from '../../wire/sheet-query.ts'

/** Where an axis can stand on a sheet, in the words of the address. */
export const places = ['cols', 'rows', 'groups', 'every', 'pages'] as const
export type Place = (typeof places)[number]
export type Arrangement = Record<Place, number[]>

export const placeWords: Record<Place, string> = {
  cols: 'Columns',
  rows: 'Rows',
  groups: 'A table each',
  every: 'A page each',
  pages: 'One value',
}

/** Changes words of the address; null takes one out. */
export type Say = (words: Record<string, string | null>) => void

/** What an address says of a sheet; words in it that mean nothing are as if they were not there. */
export function readDesign(params: URLSearchParams): SheetQuery {
  const said = Object.fromEntries(params)
  const parsed = sheetQuery.safeParse(said)
  if (parsed.success) return parsed.data
  for (const issue of parsed.error.issues) delete said[String(issue.path[0])]

  return sheetQuery.parse(said)
}

/** The address with some words changed; an empty one is taken out, so that links stay short. */
export function changed(params: URLSearchParams, words: Record<string, string | null>): URLSearchParams {
  const next = new URLSearchParams(params)
  for (const [key, value] of Object.entries(words))
    if (value === null) next.delete(key)
    else next.set(key, value)

  return next
}

/** Where every axis of a study stands, whoever decided so. */
export function arrangementOf(query: SheetQuery, plan: Plan): Arrangement {
  const view: View = viewOf(query) ?? plan.file.view ?? defaultView(plan)
  const known = (axes: readonly number[] = []) => axes.filter((axis) => axis < plan.axes.length)
  const stands = {
    cols: known(view.columns),
    rows: known(view.rows),
    groups: known(view.groups),
    every: known(view.pages),
  }
  const placed = new Set(Object.values(stands).flat())

  return { ...stands, pages: [...plan.axes.keys()].filter((axis) => !placed.has(axis)) }
}

/** The words of the address for an arrangement: every axis is said, so the study's own view no longer counts. */
export const arrangementWords = (arrangement: Arrangement): Record<string, string | null> => ({
  ...Object.fromEntries(
    places.map((place) => [
      place,
      arrangement[place].length > 0 || place === 'cols' || place === 'rows'
        ? arrangement[place].join('.')
        : null,
    ]),
  ),
  // Another word for one value, of the study's own screen.
  slide: null,
})

/** Moves an axis to the inner end of a place. */
export function moved(from: Arrangement, axis: number, to: Place): Arrangement {
  const next = Object.fromEntries(
    places.map((place) => [place, from[place].filter((each) => each !== axis)]),
  ) as Arrangement
  next[to].push(axis)

  return next
}

export const swapped = (from: Arrangement): Arrangement => ({ ...from, cols: from.rows, rows: from.cols })

/** The point at which an axis of one value stands, and the words that set it. */
export function pointsAt(query: SheetQuery): Map<number, number> {
  const { slider = [] } = viewOf({ cols: '', at: query.at }) ?? {}

  return new Map(slider.map(({ axis, point }) => [axis, point]))
}

export const pointWords = (query: SheetQuery, axis: number, point: number): Record<string, string> => ({
  at: [...pointsAt(query).set(axis, point)].map((pair) => pair.join('.')).join(','),
})
