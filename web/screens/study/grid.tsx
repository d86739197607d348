'use client'

import { type KeyboardEvent, type MouseEvent, type Ref, useEffect, useImperativeHandle, useRef } from 'react'
import { coordsOf } from '#study'
import type { LiveStudy } from '../../shell/use-live-study.ts'
import {
  cellLeft,
  cellTop,
  contentHeight,
  contentWidth,
  pitchX,
  pitchY,
  type Shown,
  shownPart,
} from '../../state/grid-layout.ts'
import type { SheetGrid } from '../../state/sheet.ts'
import type { Signal } from '../../state/signal.ts'
import { Cell } from './cell.tsx'
import { Field } from './field.tsx'
import { useFlight } from './flight.ts'
import styles from './grid.module.css'
import { ColumnHeads, GroupHeads, Labels } from './grid-heads.tsx'
import { cellWords } from './names.ts'
import { fewElements, levels } from './paint-field.ts'
import type { Room, SheetLayout } from './sheet-layout.ts'
import { useGradually } from './use-gradually.ts'
import { cellUnder, useMarquee } from './use-marquee.ts'
import { useRange } from './use-range.ts'
import { useWindow } from './use-window.ts'
import { useZoom } from './use-zoom.ts'

export interface GridHandle {
  scrollTo(at: { column: number; row: number }): void
  focus(seq: number): void
}

/** How a press or key picks: this cell too, or all from the last one to here. */
export type PickWay = 'toggle' | 'range'

/**
 * The live sheet: headers that stay in sight, and cells where the axes put them. Cells large enough to be looked at
 * are elements, of which only the visible ones exist; smaller ones are drawn.
 */
export function Grid(props: {
  ref?: Ref<GridHandle>
  live: LiveStudy
  sheet: SheetGrid
  layout: SheetLayout
  room: Room | null
  selected: number | null
  picked: ReadonlySet<number>
  passes: (seq: number) => boolean
  shade: ((seq: number) => number) | null
  label: string
  onSelect: (seq: number) => void
  onPick: (seq: number, way: PickWay) => void
  onPickMany: (seqs: number[], add: boolean) => void
  onOpen: (seq: number) => void
  onRetry: (seq: number) => void
  onSize: (size: number) => void
  /** Told how much room the sheet has, first and whenever that changes. */
  onRoom: (room: Room) => void
  /** Kept at the part of the sheet in view. */
  shown: Signal<Shown>
}) {
  const { live, sheet, layout, selected, shown } = props
  const { plan } = live
  const scroller = useRef<HTMLDivElement>(null)
  const { seen, look } = useWindow(scroller, props.onRoom)
  const drawn = layout.cellWidth < levels.cells
  const range = useRange(layout, seen, drawn)
  const { marquee, wasDrawn, handlers } = useMarquee(scroller, { layout, sheet, onPick: props.onPickMany })
  const camera = useZoom(scroller, { plan, sheet, layout, seen, look, onSize: props.onSize })
  useFlight(scroller, { sheet, layout })

  useEffect(() => {
    const tell = () => {
      const { layout, window } = camera.read()
      shown.set(shownPart(layout, window))
    }
    tell()
    return camera.watch(tell)
  }, [camera, shown])

  const focus = (seq: number) =>
    scroller.current?.querySelector<HTMLElement>(`[data-seq="${seq}"]`)?.focus({ preventScroll: true })
  const scrollTo = ({ column, row }: { column: number; row: number }) => {
    const box = scroller.current!
    const show = (from: number, length: number, start: number, pitch: number) =>
      start < from ? start - layout.gap : Math.max(from, start + pitch + layout.gap - length)
    box.scrollTo({
      left: show(
        box.scrollLeft,
        box.clientWidth - layout.headWidth,
        cellLeft(layout, column),
        pitchX(layout),
      ),
      top: show(box.scrollTop, box.clientHeight - layout.headHeight, cellTop(layout, row), pitchY(layout)),
    })
  }
  useImperativeHandle(props.ref, () => ({ scrollTo, focus }))

  const seqAt = (event: MouseEvent) => cellUnder(scroller.current!, { layout, sheet }, event)
  const onClick = (event: MouseEvent) => {
    if (wasDrawn()) return
    const retry = (event.target as HTMLElement).closest<HTMLElement>('[data-retry]')
    if (retry) return props.onRetry(Number(retry.dataset.retry))
    const seq = seqAt(event)
    if (seq === null) return
    if (event.shiftKey) props.onPick(seq, 'range')
    else if (event.metaKey || event.ctrlKey) props.onPick(seq, 'toggle')
    else props.onSelect(seq)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const cell = (event.target as HTMLElement).closest<HTMLElement>('[data-seq]')
    if (!cell || (event.key !== 'Enter' && event.key !== ' ')) return
    event.preventDefault()
    if (event.key === 'Enter') props.onOpen(Number(cell.dataset.seq))
    else props.onPick(Number(cell.dataset.seq), 'toggle')
  }

  const cellAt = (row: number, column: number) => {
    const seq = sheet.cell(row, column)
    if (seq < 0 || !(there.has(seq) || seq === selected || seq === focusable)) return null
    return (
      <Cell
        key={seq}
        live={live}
        seq={seq}
        words={cellWords(plan, coordsOf(plan, seq))}
        column={column}
        left={layout.headWidth + cellLeft(layout, column)}
        width={layout.cellWidth}
        height={layout.cellHeight}
        selected={seq === selected}
        picked={props.picked.has(seq)}
        faint={!props.passes(seq)}
        shade={props.shade ? props.shade(seq) : -1}
        focusable={seq === focusable}
        drawn={drawn}
      />
    )
  }
  const at = selected === null ? null : sheet.placeOf(selected)
  const near = at && (drawn || (inside(at.row, range.rows) && inside(at.column, range.columns))) ? at : null
  const anchor = near ?? { row: range.rows[0], column: range.columns[0] }
  const focusable = sheet.cell(anchor.row, anchor.column)
  // Of drawn cells only one is an element: the one that is selected, or where the keyboard would begin.
  const rows = drawn ? [anchor.row] : indices(range.rows)
  const columns = drawn ? [anchor.column] : indices(range.columns)
  const wanted = drawn
    ? []
    : rows.flatMap((row) => columns.map((column) => sheet.cell(row, column))).filter((seq) => seq >= 0)
  const there = useGradually(wanted, fewElements)
  const many = layout.columns * layout.rows > fewElements

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
        const seq = seqAt(event)
        if (seq !== null) props.onOpen(seq)
      }}
      onKeyDown={onKeyDown}
      {...handlers}
    >
      <div
        className={styles.content}
        role="presentation"
        style={{ width: contentWidth(layout), height: contentHeight(layout) }}
      >
        {(drawn || many) && props.room && (
          <Field
            key={live.address}
            live={live}
            sheet={sheet}
            camera={camera}
            room={props.room}
            picked={props.picked}
            passes={props.passes}
            shade={props.shade}
          />
        )}
        {/* biome-ignore lint/a11y/useSemanticElements: see above */}
        {/* biome-ignore lint/a11y/useFocusableInteractive: headers are read, not operated */}
        <div
          role="row"
          aria-rowindex={1}
          className={drawn ? undefined : styles.heads}
          style={drawn ? undefined : { height: layout.headHeight }}
        >
          {!drawn && (
            <span className={styles.corner} role="presentation" style={{ width: layout.headWidth }} />
          )}
          {columns.map((column) => (
            // biome-ignore lint/a11y/useSemanticElements: see above
            // biome-ignore lint/a11y/useFocusableInteractive: headers are read, not operated
            <span key={column} role="columnheader" aria-colindex={column + 2} className="visually-hidden">
              <Labels labels={sheet.columns.labels(column % sheet.columns.length)} plan={plan} />
            </span>
          ))}
          {!drawn && <ColumnHeads plan={plan} sheet={sheet} layout={layout} range={range} />}
        </div>
        {!drawn && <GroupHeads plan={plan} sheet={sheet} layout={layout} />}
        {rows.map((row) => (
          // biome-ignore lint/a11y/useSemanticElements: see above
          // biome-ignore lint/a11y/useFocusableInteractive: rows are read, not operated
          <div
            key={row}
            role="row"
            aria-rowindex={row + 2}
            className={styles.row}
            style={{ top: layout.headHeight + cellTop(layout, row), height: layout.cellHeight }}
          >
            {/* biome-ignore lint/a11y/useSemanticElements: see above */}
            {/* biome-ignore lint/a11y/useFocusableInteractive: headers are read, not operated */}
            <span
              role="rowheader"
              aria-colindex={1}
              className={drawn ? 'visually-hidden' : styles.rowHead}
              style={drawn ? undefined : { width: layout.headWidth }}
            >
              <Labels labels={sheet.rows.labels(row % sheet.rows.length)} plan={plan} />
            </span>
            {columns.map((column) => cellAt(row, column))}
          </div>
        ))}
        {marquee && <div className={styles.marquee} style={marquee} />}
      </div>
    </div>
  )
}

const inside = (index: number, [from, to]: readonly [number, number]): boolean => index >= from && index < to

const indices = ([start, end]: readonly [number, number]): number[] =>
  Array.from({ length: end - start }, (_, index) => start + index)
