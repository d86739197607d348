'use client'

import { useDeferredValue, useEffect, useMemo, useState, useSyncExternalStore } from 'react'
import type { LiveStudy } from '../../shell/use-live-study.ts'
import { countPassing, filterOf, isFiltering } from '../../state/filter.ts'
import { loadMeasure } from '../../state/load-columns.ts'
import { sheetOf } from '../../state/sheet.ts'
import type { ViewState } from '../../state/view-url.ts'
import { fitted, groupsAcross, layoutOf, type Room } from './sheet-layout.ts'

/** The sheet of a view with its geometry, renewed only by what changes it. */
export function useSheet({ plan }: LiveStudy, view: ViewState, room: Room | null) {
  const { places, at, hidden } = view
  const across = useMemo(
    () =>
      places.groups.length === 0
        ? 1
        : groupsAcross(plan, room, (across) => sheetOf(plan, places, { at, hidden, across })),
    [plan, places, at, hidden, room],
  )
  const sheet = useMemo(
    () => sheetOf(plan, places, { at, hidden, across }),
    [plan, places, at, hidden, across],
  )
  const size = view.size ?? fitted(plan, sheet, room)
  const layout = useMemo(() => layoutOf(plan, sheet, size), [plan, sheet, size])

  return { sheet, size, layout }
}

/** Which cells stand out and how they are coloured, by the columns of the store as they stand. */
export function useLooks({ store, address }: LiveStudy, { filter, colour }: ViewState) {
  // Filters and colours read every cell, which may wait for more urgent work.
  const filtering = isFiltering(filter)
  const read = filtering || colour ? store.changes : never
  const changes = useDeferredValue(useSyncExternalStore(store.watchAll, read, read))
  const [, setLoaded] = useState('')
  const measure = filter.measure?.name
  useEffect(() => {
    for (const name of [measure, colour])
      if (name) void loadMeasure(store, address, name).then(() => setLoaded(name))
  }, [store, address, measure, colour])

  // biome-ignore lint/correctness/useExhaustiveDependencies: `changes` says that cells are others, but only where it matters
  const { passes, passing } = useMemo(() => {
    const passes = filterOf(filter, store)
    return { passes, passing: filtering ? countPassing(passes, store.size) : store.size }
  }, [filter, store, filtering, changes])
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  const shade = useMemo(() => {
    const column = colour && store.measures.get(colour)
    if (!column) return null
    const { least, most } = store.measureBounds(colour)
    const scale = most > least ? 255 / (most - least) : 0
    return (seq: number) => (Number.isNaN(column[seq]!) ? -1 : Math.round((column[seq]! - least) * scale))
  }, [colour, store, changes])

  return { passes, passing, shade }
}

const never = (): number => 0
