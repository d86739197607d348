'use client'

import { useLayoutEffect, useMemo, useRef, useSyncExternalStore } from 'react'
import type { Plan } from '#study'
import { cellTop, pitchY } from '../../state/grid-layout.ts'
import type { SheetGrid } from '../../state/sheet.ts'
import type { Signal } from '../../state/signal.ts'
import styles from './drawn-heads.module.css'
import { ColumnHeads, GroupHeads, type Heads } from './grid-heads.tsx'
import { namedEach, slotOf } from './heads.ts'
import type { Room, SheetCamera } from './sheet-layout.ts'
import { useRange } from './use-range.ts'

/** From this height of a row on its labels stand below each other. */
const stackedFrom = 48

/** The labels of drawn cells. They stay in the window and follow the camera, as the drawing does. */
export function DrawnHeads(props: { plan: Plan; sheet: SheetGrid; camera: Signal<SheetCamera>; room: Room }) {
  const { camera, room } = props
  const readLayout = () => camera.read().layout
  const layout = useSyncExternalStore(camera.watch, readLayout, readLayout)
  const seen = useMemo(() => ({ watch: camera.watch, read: () => camera.read().window }), [camera])
  const range = useRange(layout, seen)
  const above = useRef<HTMLDivElement>(null)
  const beside = useRef<HTMLDivElement>(null)
  const within = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    const move = () => {
      const { left, top } = camera.read().window
      above.current!.style.transform = `translateX(${-left}px)`
      beside.current!.style.transform = `translateY(${-top}px)`
      within.current!.style.transform = `translate(${-left}px, ${-top}px)`
    }
    move()

    return camera.watch(move)
  }, [camera])
  const heads = { plan: props.plan, sheet: props.sheet, layout, range }

  return (
    <div
      className={styles.heads}
      style={{ width: room.width, height: room.height, marginBottom: -room.height }}
      aria-hidden="true"
    >
      <div className={styles.within}>
        <div ref={within}>
          <GroupHeads {...heads} />
        </div>
      </div>
      <div className={styles.above} style={{ height: layout.headHeight }}>
        <div ref={above} className={styles.moved}>
          <ColumnHeads {...heads} />
        </div>
      </div>
      <div className={styles.beside} style={{ width: layout.headWidth }}>
        <div ref={beside} className={styles.moved}>
          <RowHeads {...heads} />
        </div>
      </div>
      <div className={styles.corner} style={{ width: layout.headWidth, height: layout.headHeight }} />
    </div>
  )
}

function RowHeads({ plan, sheet, layout, range }: Heads) {
  const { rows } = sheet
  const each = namedEach({ plan, side: rows, pitch: pitchY(layout), along: 'rows' })
  const [first, end] = range.rows
  const count = Math.max(0, Math.ceil((end - first) / each))
  const named = Array.from({ length: count }, (_, index) => {
    const row = Math.floor(first / each) * each + index * each
    return { row, at: row % rows.length }
  }).filter(({ at }) => at % each === 0)

  return named.map(({ row, at }) => (
    <span
      key={slotOf(Math.floor(row / each), count)}
      className={styles.rowLabel}
      data-stacked={pitchY(layout) >= stackedFrom}
      style={{
        top: layout.headHeight + cellTop(layout, row),
        height: Math.max(15, layout.cellHeight),
      }}
    >
      {rows.labels(at).map(({ axis, text }) => (
        <span key={axis}>{text}</span>
      ))}
    </span>
  ))
}
