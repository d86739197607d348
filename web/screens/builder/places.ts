import { defaultView, type View } from '#study'

/** Where an axis may lie on the sheet. One on the slider stands at one of its points until someone moves it. */
export const placeNames = ['columns', 'rows', 'groups', 'pages', 'slider'] as const

export type Place = (typeof placeNames)[number]

type Places = Record<Place, number[]>

const standard = (axes: number): View => defaultView({ axes: new Array(axes) })

/** The place of every axis, in the order of the axes. */
export function placesOf(view: View | undefined, axes: number): Place[] {
  const places = listed(view ?? standard(axes))

  return Array.from(
    { length: axes },
    (_, axis) => placeNames.find((name) => places[name].includes(axis)) ?? 'slider',
  )
}

/** The view with one axis elsewhere, innermost there; undefined where that is how the axes lie by themselves. */
export function placed(
  view: View | undefined,
  options: { axes: number; axis: number; to: Place },
): View | undefined {
  const places = listed(view ?? standard(options.axes))
  for (const name of placeNames) places[name] = places[name].filter((axis) => axis !== options.axis)
  places[options.to].push(options.axis)

  return viewOf(places, options.axes)
}

/** Columns become rows and rows columns. */
export function swapped(view: View | undefined, axes: number): View | undefined {
  const places = listed(view ?? standard(axes))

  return viewOf({ ...places, columns: places.rows, rows: places.columns }, axes)
}

/** The view after axes were moved, added or removed: `order` holds the old index of every axis, -1 for a new one. */
export function followed(view: View | undefined, order: readonly number[]): View | undefined {
  if (!view) return undefined
  const before = listed(view)
  const places = Object.fromEntries(
    placeNames.map((name) => [name, before[name].map((axis) => order.indexOf(axis)).filter((at) => at >= 0)]),
  ) as Places
  for (const [axis, from] of order.entries())
    if (from < 0) (places.columns.length === 0 ? places.columns : places.rows).push(axis)

  return viewOf(places, order.length)
}

const listed = ({ columns, rows, groups = [], pages = [], slider = [] }: View): Places => ({
  columns: [...columns],
  rows: [...rows],
  groups: [...groups],
  pages: [...pages],
  slider: slider.map(({ axis }) => axis),
})

function viewOf({ columns, rows, groups, pages, slider }: Places, axes: number): View | undefined {
  const view: View = {
    columns,
    rows,
    ...(groups.length > 0 ? { groups } : {}),
    ...(pages.length > 0 ? { pages } : {}),
    ...(slider.length > 0 ? { slider: slider.map((axis) => ({ axis, point: 0 })) } : {}),
  }

  return JSON.stringify(view) === JSON.stringify(standard(axes)) ? undefined : view
}
