'use client'

import { type PointerEvent, useEffect, useRef, useSyncExternalStore } from 'react'
import { type CellStore, statusByte } from '../../state/cell-store.ts'
import type { Shown } from '../../state/grid-layout.ts'
import type { Signal } from '../../state/signal.ts'
import styles from './minimap.module.css'
import type { SheetGrid } from './sheet-grid.ts'

const most = 120
const largestTile = 10

/** The whole sheet at a glance, one small square per cell; press to go there. */
export function Minimap(props: {
  store: CellStore
  sheet: SheetGrid
  shown: Signal<Shown>
  onGo: (at: { column: number; row: number }) => void
}) {
  const { store, sheet } = props
  const canvas = useRef<HTMLCanvasElement>(null)
  const changes = useSyncExternalStore(store.watchAll, store.changes, store.changes)
  const part = useSyncExternalStore(props.shown.watch, props.shown.read, props.shown.read)
  const partly = part.left > 0 || part.top > 0 || part.right < 1 || part.bottom < 1
  const columns = sheet.columns.length
  const rows = sheet.rows.length
  const tile = Math.max(0.25, Math.min(largestTile, most / Math.max(columns, rows)))

  // biome-ignore lint/correctness/useExhaustiveDependencies: `changes` says that the store's bytes are others now
  useEffect(() => {
    const box = canvas.current
    const paper = box?.getContext('2d')
    if (!box || !paper) return
    const sharp = window.devicePixelRatio || 1
    box.width = Math.ceil(columns * tile * sharp)
    box.height = Math.ceil(rows * tile * sharp)
    paper.scale(sharp, sharp)
    const colours = inks(box)
    const gap = tile > 4 ? 1.5 : 0
    for (let row = 0; row < rows; row++)
      for (let column = 0; column < columns; column++) {
        paper.fillStyle = colours[store.status[sheet.cell(row, column)] ?? 0]!
        paper.fillRect(column * tile, row * tile, tile - gap, tile - gap)
      }
  }, [store, sheet, changes, columns, rows, tile])

  const go = (event: PointerEvent<HTMLCanvasElement>) => {
    if (event.type === 'pointermove' && event.buttons === 0) return
    const at = event.currentTarget.getBoundingClientRect()
    const column = Math.floor(((event.clientX - at.left) / at.width) * columns)
    const row = Math.floor(((event.clientY - at.top) / at.height) * rows)
    props.onGo({ column: clamp(column, columns), row: clamp(row, rows) })
  }

  return (
    <div className={styles.map} aria-hidden="true">
      <canvas
        ref={canvas}
        style={{ width: columns * tile, height: rows * tile }}
        onPointerDown={go}
        onPointerMove={go}
      />
      {partly && (
        <span
          className={styles.part}
          style={{
            left: `calc(9px + ${part.left} * ${columns * tile}px)`,
            top: `calc(9px + ${part.top} * ${rows * tile}px)`,
            width: (part.right - part.left) * columns * tile,
            height: (part.bottom - part.top) * rows * tile,
          }}
        />
      )}
    </div>
  )
}

const clamp = (value: number, count: number): number => Math.min(count - 1, Math.max(0, value))

function inks(element: Element): string[] {
  const style = getComputedStyle(element)
  const probe = (name: string) => style.getPropertyValue(name)
  const colours: string[] = []
  colours[statusByte.unknown] = probe('--map-empty')
  colours[statusByte.excluded] = 'transparent'
  colours[statusByte.queued] = probe('--map-empty')
  colours[statusByte.rendering] = probe('--map-rendering')
  colours[statusByte.done] = probe('--map-done')
  colours[statusByte.failed] = probe('--map-failed')

  return colours
}
