'use client'

import { useMemo } from 'react'
import { cellAt, defaultView, gridOf, type Plan } from '#study'
import { Button } from '../../shell/button.tsx'
import styles from './miniature.module.css'
import { miniatureOf, type TileKind } from './miniature-tiles.ts'

/** The empty sheet as it will be laid out, to scale: cells left out are only outlined, those rendered already are lighter. */
export function Miniature(props: {
  plan: Plan | null
  size: readonly [number, number]
  /** Cells whose pictures exist already. */
  reused: readonly number[]
  onSwap: () => void
}) {
  const { plan } = props
  const drawn = useMemo(() => {
    const of = plan ?? { axes: [], file: {} as Plan['file'] }
    const view = of.file.view ?? defaultView(of)
    const grid = gridOf(of, view)
    const combinations = (axes: readonly number[] = []) =>
      axes.reduce((all, axis) => all * of.axes[axis]!.points.length, 1)
    const known = new Set(props.reused)
    const kindOf = (row: number, column: number): TileKind => {
      if (!plan) return 'new'
      const seq = grid.cell(row, column)
      if (plan.skip.length > 0 && cellAt(plan, seq).excluded) return 'excluded'
      return known.has(seq) ? 'reused' : 'new'
    }

    return {
      ...miniatureOf(grid, props.size, kindOf),
      columns: grid.columns.length,
      rows: grid.rows.length,
      pages: combinations(view.pages),
      groups: combinations(view.groups),
    }
  }, [plan, props.size, props.reused])

  return (
    <section className={styles.card} aria-label="The sheet">
      <div className={styles.head}>
        <h2 className={styles.label}>The sheet</h2>
        {drawn.columns * drawn.rows > 1 && (
          <Button kind="quiet" shortcut="X" onClick={props.onSwap}>
            Swap
          </Button>
        )}
      </div>
      <svg className={styles.sheet} viewBox={`0 0 ${drawn.width} ${drawn.height}`} aria-hidden="true">
        {drawn.tiles.map(({ x, y, kind }) => (
          <rect
            key={`${x} ${y}`}
            x={x}
            y={y}
            width={drawn.tile[0]}
            height={drawn.tile[1]}
            rx={Math.min(2, drawn.tile[0] / 8)}
            data-kind={kind}
          />
        ))}
      </svg>
      <p className={styles.words}>
        {drawn.columns} × {drawn.rows}
        {drawn.isCut ? `, its first corner` : ''}, pictures of {props.size.join(' × ')}
        {drawn.groups > 1 ? `, one of ${drawn.groups} groups` : ''}
        {drawn.pages > 1 ? `, page 1 of ${drawn.pages}` : ''}
      </p>
    </section>
  )
}
