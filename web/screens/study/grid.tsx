'use client'

import { type KeyboardEvent, type MouseEvent, type Ref, useEffect, useImperativeHandle, useRef } from 'react'
import { coordsOf, type Header, type Plan } from '#study'
import type { CellStore } from '../../state/cell-store.ts'
import {
  contentHeight,
  contentWidth,
  type GridLayout,
  pitchX,
  pitchY,
  type Shown,
  shownPart,
  visible,
} from '../../state/grid-layout.ts'
import type { Signal } from '../../state/signal.ts'
import { Cell } from './cell.tsx'
import { useFlight } from './flight.ts'
import styles from './grid.module.css'
import { type Band, bandsOf, headSizes } from './head-sizes.ts'
import { cellWords } from './names.ts'
import type { SheetGrid } from './sheet-grid.ts'
import { useWindow } from './use-window.ts'

/** Sheets up to this many cells are drawn whole; beyond it, what the window shows. */
const drawnWhole = 2_000
const gap = 6

export interface GridHandle {
  scrollTo(at: { column: number; row: number }): void
  focus(seq: number): void
}

/** The live sheet: sticky headers, cells where the axes put them, only the visible ones drawn. */
export function Grid(props: {
  ref?: Ref<GridHandle>
  plan: Plan
  sheet: SheetGrid
  store: CellStore
  size: number
  selected: number | null
  picked: readonly number[]
  label: string
  onSelect: (seq: number) => void
  onPick: (seq: number) => void
  onOpen: (seq: number) => void
  onRetry: (seq: number) => void
  /** Told how much room the sheet has, first and whenever that changes. */
  onRoom: (room: { width: number; height: number }) => void
  /** Kept at the part of the sheet in view. */
  shown: Signal<Shown>
}) {
  const { plan, sheet, store, size, selected } = props
  const [width, height] = plan.base.width_height
  const bands = bandsOf(sheet.columns)
  const { levels, ...head } = headSizes({ bands, rows: sheet.rows, cellWidth: size, gap })
  const layout: GridLayout = {
    columns: sheet.columns.length,
    rows: sheet.rows.length,
    cellWidth: size,
    cellHeight: Math.round((size * height) / width),
    gap,
    ...head,
  }
  const scroller = useRef<HTMLDivElement>(null)
  const seen = useWindow(scroller, props.onRoom)
  const whole = layout.columns * layout.rows <= drawnWhole
  const range = whole
    ? { columns: [0, layout.columns] as const, rows: [0, layout.rows] as const }
    : visible(layout, seen)
  const part = shownPart(layout, seen)
  // biome-ignore lint/correctness/useExhaustiveDependencies: by its numbers; it is a new object every time
  useEffect(() => props.shown.set(part), [props.shown, part.left, part.top, part.right, part.bottom])
  useFlight(scroller, `${sheet.columns.map(headKey)}|${sheet.rows.map(headKey)}`)

  const focus = (seq: number) =>
    scroller.current?.querySelector<HTMLElement>(`[data-seq="${seq}"]`)?.focus({ preventScroll: true })
  const scrollTo = ({ column, row }: { column: number; row: number }) => {
    const box = scroller.current!
    const left = column * pitchX(layout)
    const top = row * pitchY(layout)
    const shown = { width: box.clientWidth - layout.headWidth, height: box.clientHeight - layout.headHeight }
    box.scrollTo({
      left:
        left < box.scrollLeft
          ? left - gap
          : Math.max(box.scrollLeft, left + pitchX(layout) + gap - shown.width),
      top:
        top < box.scrollTop ? top - gap : Math.max(box.scrollTop, top + pitchY(layout) + gap - shown.height),
    })
  }
  useImperativeHandle(props.ref, () => ({ scrollTo, focus }))

  const onClick = (event: MouseEvent) => {
    const target = event.target as HTMLElement
    const retry = target.closest<HTMLElement>('[data-retry]')
    if (retry) return props.onRetry(Number(retry.dataset.retry))
    const cell = target.closest<HTMLElement>('[data-seq]')
    if (!cell || cell.dataset.status === 'excluded') return
    const seq = Number(cell.dataset.seq)
    if (event.shiftKey || event.metaKey || event.ctrlKey) props.onPick(seq)
    else props.onSelect(seq)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const cell = (event.target as HTMLElement).closest<HTMLElement>('[data-seq]')
    if (!cell || (event.key !== 'Enter' && event.key !== ' ')) return
    event.preventDefault()
    if (event.key === 'Enter') props.onOpen(Number(cell.dataset.seq))
    else props.onPick(Number(cell.dataset.seq))
  }

  const inView = new Set<number>()
  const rows = indices(range.rows)
  const columns = indices(range.columns)
  for (const row of rows) for (const column of columns) inView.add(sheet.cell(row, column))
  const focusable =
    selected !== null && inView.has(selected) ? selected : sheet.cell(rows[0] ?? 0, columns[0] ?? 0)

  return (
    // biome-ignore lint/a11y/useSemanticElements: windowed rows with absolutely placed cells; a table would lay itself out
    <div
      ref={scroller}
      role="grid"
      aria-label={props.label}
      aria-rowcount={layout.rows + 1}
      aria-colcount={layout.columns + 1}
      aria-multiselectable="true"
      className={styles.scroller}
      onClick={onClick}
      onDoubleClick={(event) => {
        const cell = (event.target as HTMLElement).closest<HTMLElement>('[data-seq]')
        if (cell && cell.dataset.status !== 'excluded') props.onOpen(Number(cell.dataset.seq))
      }}
      onKeyDown={onKeyDown}
    >
      <div
        className={styles.content}
        role="presentation"
        style={{ width: contentWidth(layout), height: contentHeight(layout) }}
      >
        {/* biome-ignore lint/a11y/useSemanticElements: see above */}
        {/* biome-ignore lint/a11y/useFocusableInteractive: headers are read, not operated */}
        <div role="row" aria-rowindex={1} className={styles.heads} style={{ height: layout.headHeight }}>
          <span className={styles.corner} role="presentation" style={{ width: layout.headWidth }} />
          {columns.map((column) => (
            // biome-ignore lint/a11y/useSemanticElements: see above
            // biome-ignore lint/a11y/useFocusableInteractive: headers are read, not operated
            <span key={column} role="columnheader" aria-colindex={column + 2} className="visually-hidden">
              <Labels header={sheet.columns[column]!} plan={plan} />
            </span>
          ))}
          {bands.map((level, depth) =>
            level
              .map((band) => inSight(band, range.columns))
              .filter((band) => band.span > 0)
              .map((band) => (
                <span
                  key={`${band.axis} ${band.start}`}
                  aria-hidden="true"
                  className={depth < bands.length - 1 ? styles.band : styles.columnHead}
                  style={{
                    left: layout.headWidth + band.start * pitchX(layout),
                    width: band.span * pitchX(layout) - gap,
                    bottom: 8 + levels.slice(depth + 1).reduce((sum, height) => sum + height, 0),
                  }}
                >
                  {band.label}
                </span>
              )),
          )}
        </div>
        {rows.map((row) => (
          // biome-ignore lint/a11y/useSemanticElements: see above
          // biome-ignore lint/a11y/useFocusableInteractive: rows are read, not operated
          <div
            key={row}
            role="row"
            aria-rowindex={row + 2}
            className={styles.row}
            style={{ top: layout.headHeight + row * pitchY(layout), height: layout.cellHeight }}
          >
            {/* biome-ignore lint/a11y/useSemanticElements: see above */}
            {/* biome-ignore lint/a11y/useFocusableInteractive: headers are read, not operated */}
            <span
              role="rowheader"
              aria-colindex={1}
              className={styles.rowHead}
              style={{ width: layout.headWidth }}
            >
              <Labels header={sheet.rows[row]!} plan={plan} />
            </span>
            {columns.map((column) => {
              const seq = sheet.cell(row, column)
              return (
                <Cell
                  key={seq}
                  store={store}
                  seq={seq}
                  words={cellWords(plan, coordsOf(plan, seq))}
                  column={column}
                  left={layout.headWidth + column * pitchX(layout)}
                  width={size}
                  height={layout.cellHeight}
                  selected={seq === selected}
                  picked={props.picked.includes(seq)}
                  focusable={seq === focusable}
                />
              )
            })}
          </div>
        ))}
      </div>
    </div>
  )
}

/** A header says its values; which parameter they belong to is on the axis strip, and said to screen readers here. */
function Labels({ header, plan }: { header: Header; plan: Plan }) {
  return header.labels.map((label, index) => {
    const axis = header.coords[index]?.[0]
    return (
      <span key={axis ?? index} className={styles.label}>
        {axis !== undefined && <span className="visually-hidden">{plan.axes[axis]!.name} </span>}
        {label}
      </span>
    )
  })
}

/** As much of a band as lies in the columns drawn, so that its label stays in sight while scrolling. */
function inSight(band: Band, [first, end]: readonly [number, number]): Band {
  const start = Math.max(band.start, first)

  return { ...band, start, span: Math.min(band.start + band.span, end) - start }
}

const headKey = (header: Header): string => header.coords.map((coord) => coord.join(':')).join('.')

const indices = ([start, end]: readonly [number, number]): number[] =>
  Array.from({ length: end - start }, (_, index) => start + index)
