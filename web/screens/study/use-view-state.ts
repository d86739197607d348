'use client'

import { useMemo } from 'react'
import { defaultView, type Plan, type View } from '#study'
import { useUrlState } from '../../shell/use-url-state.ts'
import { type Places, readView, type ViewState, writeView } from '../../state/view-url.ts'

/** The view, which the URL says; see `useUrlState`. */
export function useViewState(
  plan: Plan,
  saved: View | undefined,
): { view: ViewState; notes: string[]; setView: (change: (view: ViewState) => ViewState) => void } {
  const url = useMemo(() => {
    const standard = standardPlaces(plan, saved)
    const lengths = plan.axes.map((axis) => axis.points.length)

    return {
      read: (params: URLSearchParams) => {
        const { view, notes } = readView(params, { lengths, standard })
        return { state: view, notes }
      },
      write: (view: ViewState) => writeView(view, standard),
    }
  }, [plan, saved])
  const { state, notes, setState } = useUrlState(url)

  return { view: state, notes, setView: setState }
}

/** The study's own view; axes it leaves out are turned over like pages. */
export function standardPlaces(plan: Plan, saved: View | undefined): Places {
  const view = saved ?? defaultView(plan)
  const slider = view.slider?.map(({ axis }) => axis) ?? []
  const placed = [...view.columns, ...view.rows, ...(view.groups ?? []), ...slider]
  const rest = plan.axes.map((_, index) => index).filter((axis) => !placed.includes(axis))
  const sound = placed.every((axis) => axis in plan.axes) && new Set(placed).size === placed.length

  return sound
    ? { columns: view.columns, rows: view.rows, groups: view.groups ?? [], pages: rest, slider }
    : standardPlaces(plan, undefined)
}
