import type { View } from '#study'

/** The view a sheet is asked for: axes by index, as in `?cols=0&rows=1.2&at=3.5`; none said is the study's own. */
export function readView(query: {
  cols?: string
  rows?: string
  pages?: string
  at?: string
}): View | undefined {
  if (query.cols === undefined && query.rows === undefined) return undefined
  const slider = (query.at ?? '').split(',').flatMap((pair) => {
    const [axis, point] = indices(pair)
    return axis === undefined || point === undefined ? [] : [{ axis, point }]
  })
  const shown = slider.map(({ axis }) => axis)

  return {
    columns: indices(query.cols),
    rows: indices(query.rows),
    // One sheet shows one page, so an axis of which no point was named stands at its first.
    slider: [
      ...slider,
      ...indices(query.pages)
        .filter((axis) => !shown.includes(axis))
        .map((axis) => ({ axis, point: 0 })),
    ],
  }
}

const indices = (text: string | undefined): number[] =>
  (text ?? '').split('.').flatMap((part) => (/^\d{1,6}$/.test(part) ? [Number(part)] : []))
