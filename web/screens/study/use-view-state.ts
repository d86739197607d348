'use client'

import { useSearchParams } from 'next/navigation'
import { useMemo } from 'react'
import { defaultView, type Plan, type View } from '#study'
import { type Places, readView, type ViewState, writeView } from '../../state/view-url.ts'

/** The view, kept in the URL and nowhere else: reload, share and go back all bring the same sheet. */
export function useViewState(plan: Plan, saved: View | undefined): [ViewState, (view: ViewState) => void] {
  const params = useSearchParams()
  const standard = useMemo(() => standardPlaces(plan, saved), [plan, saved])
  const view = useMemo(
    () => readView(params, { lengths: plan.axes.map((axis) => axis.points.length), standard }),
    [params, plan, standard],
  )
  // Moving about in a sheet is no page turn: going back leaves the study, as one expects.
  const setView = (next: ViewState) =>
    window.history.replaceState(null, '', `${window.location.pathname}${writeView(next, standard)}`)

  return [view, setView]
}

/** The study's own view, with groups among the pages: both show one point at a time here. */
export function standardPlaces(plan: Plan, saved: View | undefined): Places {
  const view = saved ?? defaultView(plan)
  const placed = [...view.columns, ...view.rows]
  const rest = plan.axes.map((_, index) => index).filter((axis) => !placed.includes(axis))
  const sound = placed.every((axis) => axis in plan.axes) && new Set(placed).size === placed.length

  return sound ? { columns: view.columns, rows: view.rows, pages: rest } : standardPlaces(plan, undefined)
}
