import { defaultView, type Plan, type View } from '#study'

/**
 * The view as far as the study still has its axes: those that are gone or named twice are dropped, and said; a view
 * of which nothing remains gives way to the usual one.
 */
export function knownView(plan: Pick<Plan, 'axes'>, view: View): { view: View; notices: string[] } {
  const seen = new Set<number>()
  const gone = new Set<number>()
  const keep = (axes: readonly number[] = []) =>
    axes.filter((axis) => {
      if (axis >= plan.axes.length) gone.add(axis)
      else if (!seen.has(axis)) return seen.add(axis)

      return false
    })

  const shown = {
    columns: keep(view.columns),
    rows: keep(view.rows),
    groups: keep(view.groups),
    pages: keep(view.pages),
  }
  const slider = (view.slider ?? [])
    .filter(({ axis }) => keep([axis]).length > 0)
    .map(({ axis, point }) => ({ axis, point: Math.min(point, plan.axes[axis]!.points.length - 1) }))
  const notices = [...gone].map(
    (axis) =>
      `The view names axis ${axis + 1}, but the study has ${plan.axes.length === 1 ? 'one axis' : `${plan.axes.length} axes`}; it is left out.`,
  )
  if (gone.size > 0 && seen.size === 0 && plan.axes.length > 0) return { view: defaultView(plan), notices }

  const { columns, rows, groups, pages } = shown

  return {
    view: {
      columns,
      rows,
      ...(groups.length > 0 && { groups }),
      ...(pages.length > 0 && { pages }),
      ...(slider.length > 0 && { slider }),
    },
    notices,
  }
}
