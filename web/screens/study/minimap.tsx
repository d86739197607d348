'use client'

import { type PointerEvent, useEffect, useRef, useSyncExternalStore } from 'react'
import type { CellStore } from '../../state/cell-store.ts'
import type { Shown } from '../../state/grid-layout.ts'
import type { SheetGrid } from '../../state/sheet.ts'
import type { Signal } from '../../state/signal.ts'
import { inksOf } from './inks.ts'
import styles from './minimap.module.css'

const most = 120
const largestTile = 10
const againMs = 250
/** The sheet itself comes first. */
const soonMs = 40
const drawnFrom = 2_000

/** The whole sheet at a glance, one small square per cell; press to go there. */
export function Minimap(props: {
  store: CellStore
  sheet: SheetGrid
  shown: Signal<Shown>
  onGo: (at: { column: number; row: number }) => void
}) {
  const { store, sheet } = props
  const canvas = useRef<HTMLCanvasElement>(null)
  const part = useSyncExternalStore(props.shown.watch, props.shown.read, props.shown.read)
  const partly = part.left > 0 || part.top > 0 || part.right < 1 || part.bottom < 1
  const columns = sheet.columnCount
  const rows = sheet.rowCount
  const tile = Math.min(largestTile, most / Math.max(columns, rows))

  // The drawn sheet, all of it in view, is its own map.
  const needed = partly || columns * rows <= drawnFrom

  useEffect(() => {
    if (!needed) return
    const paint = () => {
      timer = undefined
      if (canvas.current) drawMap(canvas.current, { store, sheet, tile })
    }
    let timer: ReturnType<typeof setTimeout> | undefined = setTimeout(paint, soonMs)
    const leave = store.watchAll(() => {
      timer ??= setTimeout(paint, againMs)
    })
    return () => {
      clearTimeout(timer)
      leave()
    }
  }, [store, sheet, tile, needed])

  const go = (event: PointerEvent<HTMLCanvasElement>) => {
    if (event.type === 'pointermove' && event.buttons === 0) return
    const at = event.currentTarget.getBoundingClientRect()
    const column = Math.floor(((event.clientX - at.left) / at.width) * columns)
    const row = Math.floor(((event.clientY - at.top) / at.height) * rows)
    props.onGo({ column: clamp(column, columns), row: clamp(row, rows) })
  }

  if (!needed) return null

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

/** Small squares with gaps where there is room for them, else one pixel per cell, scaled by the browser. */
function drawMap(
  box: HTMLCanvasElement,
  { store, sheet, tile }: { store: CellStore; sheet: SheetGrid; tile: number },
): void {
  const { columnCount: columns, rowCount: rows } = sheet
  const paper = box.getContext('2d')!
  const inks = inksOf(box)
  const sharp = window.devicePixelRatio || 1
  const edge = tile > 4 ? Math.round(tile * sharp) : 1
  const gap = tile > 4 ? Math.round(1.5 * sharp) : 0
  box.width = columns * edge
  box.height = rows * edge
  const image = new ImageData(box.width, box.height)
  const out = new Uint32Array(image.data.buffer)
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      const seq = sheet.cell(row, column)
      if (seq < 0) continue
      const colour = inks.status[store.status[seq]!]!
      const at = row * edge * box.width + column * edge
      if (edge === 1) out[at] = colour
      else
        for (let y = 0; y < edge - gap; y++)
          out.fill(colour, at + y * box.width, at + y * box.width + edge - gap)
    }
  paper.putImageData(image, 0, 0)
}
