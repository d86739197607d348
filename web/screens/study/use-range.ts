'use client'

import { useMemo, useSyncExternalStore } from 'react'
import { type GridLayout, pitchX, pitchY, type Range, visible, type Window } from '../../state/grid-layout.ts'
import type { Signal } from '../../state/signal.ts'

/** Steps, in pixels, in which what is laid out follows the window; finer ones would render with every wheel tick. */
const step = 160

/** The cells in and around the window, renewed only when scrolling brings others near; the first while `idle`. */
export function useRange(
  layout: GridLayout,
  seen: Pick<Signal<Window>, 'read' | 'watch'>,
  idle = false,
): Range {
  const read = () => {
    if (idle) return '0,1,0,1'
    const { columns, rows } = visible(layout, seen.read())
    return [
      ...coarse(columns, pitchX(layout), layout.columns),
      ...coarse(rows, pitchY(layout), layout.rows),
    ].join()
  }
  const key = useSyncExternalStore(seen.watch, read, read)

  return useMemo(() => {
    const [left, right, top, bottom] = key.split(',').map(Number) as [number, number, number, number]
    return { columns: [left, right], rows: [top, bottom] }
  }, [key])
}

function coarse([from, to]: readonly [number, number], pitch: number, count: number): [number, number] {
  const cells = Math.max(1, Math.floor(step / pitch))

  return [Math.floor(from / cells) * cells, Math.min(count, Math.ceil(to / cells) * cells)]
}
