'use client'

import { useEffect, useSyncExternalStore } from 'react'
import type { LiveStudy } from '../../shell/use-live-study.ts'
import type { StoreCell } from '../../state/cell-store.ts'
import type { SheetGrid } from '../../state/sheet.ts'
import { signed } from '../../wire/format.ts'
import styles from './cell-panel.module.css'
import { measuresOf } from './cells-menu.tsx'

const directions = [
  { arrow: '←', columns: -1, rows: 0 },
  { arrow: '→', columns: 1, rows: 0 },
  { arrow: '↑', columns: 0, rows: -1 },
  { arrow: '↓', columns: 0, rows: 1 },
] as const

const mostMeasures = 3

/** What one step along each direction changes: the values of the recipe, and the measures that move most. */
export function Neighbours({ live, sheet, seq }: { live: LiveStudy; sheet: SheetGrid; seq: number }) {
  const { plan, store, want } = live
  useSyncExternalStore(store.watchAll, store.changes, store.changes)
  const at = sheet.placeOf(seq)
  const around = directions.flatMap(({ arrow, columns, rows }) => {
    const column = (at?.column ?? -2) + columns
    const row = (at?.row ?? -2) + rows
    if (column < 0 || row < 0 || column >= sheet.columnCount || row >= sheet.rowCount) return []
    const other = sheet.cell(row, column)
    return other < 0 ? [] : [{ arrow, other }]
  })
  const asked = [seq, ...around.map(({ other }) => other)].join()
  useEffect(() => want(asked.split(',').map(Number)), [want, asked])
  const mine = store.cell(seq)?.cell
  if (!mine || around.length === 0) return null

  return (
    <section>
      <h3 className={styles.heading}>Beside its neighbours</h3>
      <dl>
        {around.map(({ arrow, other }) => (
          <div key={arrow} className={styles.row}>
            <dt>
              {arrow} {differing(plan, seq, other)}
            </dt>
            <dd className={styles.words}>{measureWords(store, mine, store.cell(other)?.cell)}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

/** The labels at which two cells differ, as the other has them. */
function differing(plan: LiveStudy['plan'], seq: number, other: number): string {
  let [a, b] = [seq, other]
  const labels: string[] = []
  for (let axis = plan.axes.length - 1; axis >= 0; axis--) {
    const { name, points } = plan.axes[axis]!
    if (a % points.length !== b % points.length) labels.unshift(`${name} ${points[b % points.length]!.label}`)
    a = Math.floor(a / points.length)
    b = Math.floor(b / points.length)
  }

  return labels.join(', ')
}

/** The measures that differ most for how much they vary in the study. */
function measureWords(store: LiveStudy['store'], mine: StoreCell, other: StoreCell | undefined): string {
  if (!other) return 'not queued yet'
  if (other.status !== 'done') return other.status === 'rendering' ? 'developing' : other.status
  if (other.image === mine.image) return 'the same picture'
  if (!mine.metrics || !other.metrics) return ''

  return measuresOf(store)
    .flatMap(({ name, label, digits }) => {
      const [from, to] = [mine.metrics?.[name], other.metrics?.[name]]
      if (from === undefined || to === undefined || Number((to - from).toFixed(digits)) === 0) return []
      const { least, most } = store.measureBounds(name)
      const weight = most > least ? Math.abs(to - from) / (most - least) : 0
      return [{ words: `${label} ${signed(to - from, digits)}`, weight }]
    })
    .sort((a, b) => b.weight - a.weight)
    .slice(0, mostMeasures)
    .map(({ words }) => words)
    .join(', ')
}
