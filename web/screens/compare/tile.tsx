'use client'

import { type PointerEvent, useEffect, useEffectEvent, useRef, useSyncExternalStore } from 'react'
import { Picture } from '../../shell/picture.tsx'
import type { CellStore } from '../../state/cell-store.ts'
import { statusWords } from '../study/names.ts'
import { dragged, type Lens, lensStyle, wholePicture, zoomedAt } from './lens.ts'
import styles from './tile.module.css'

/** One of the pictures compared: wheel to zoom, drag to move, press twice for the pixels; all tiles follow. */
export function Tile(props: {
  store: CellStore
  seq: number
  words: string
  lens: Lens
  width: number
  height: number
  reference: boolean
  onLens: (lens: Lens) => void
  onPin: () => void
  onRemove: (() => void) | null
}) {
  const { store, seq, lens, width, height } = props
  const box = useRef<HTMLDivElement>(null)
  const from = useRef<{ x: number; y: number } | null>(null)
  const view = useSyncExternalStore(
    (listener) => store.watchCell(seq, listener),
    () => store.cell(seq),
    () => store.cell(seq),
  )
  const shown = view?.cell.image ? `/blobs/${view.cell.image}` : view?.preview?.url

  const onWheel = useEffectEvent((event: WheelEvent) => {
    event.preventDefault()
    props.onLens(zoomedAt(lens, Math.exp(-event.deltaY * 0.002), within(event)))
  })
  // React's own wheel listeners are passive, and a zooming page would scroll along.
  useEffect(() => {
    const element = box.current
    const listener = (event: WheelEvent) => onWheel(event)
    element?.addEventListener('wheel', listener, { passive: false })
    return () => element?.removeEventListener('wheel', listener)
  }, [])

  const within = (event: { clientX: number; clientY: number }) => {
    const at = box.current!.getBoundingClientRect()
    return { x: (event.clientX - at.left) / at.width, y: (event.clientY - at.top) / at.height }
  }
  const onPointerMove = (event: PointerEvent) => {
    if (!from.current) return
    const by = { x: (event.clientX - from.current.x) / width, y: (event.clientY - from.current.y) / height }
    from.current = { x: event.clientX, y: event.clientY }
    props.onLens(dragged(lens, by))
  }

  return (
    <figure className={styles.tile} data-reference={props.reference} style={{ width, height }}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the same is on the keyboard, see the list of shortcuts */}
      <div
        ref={box}
        className={styles.window}
        onPointerDown={(event) => {
          if (event.button !== 0 || lens.zoom === 1) return
          event.currentTarget.setPointerCapture(event.pointerId)
          from.current = { x: event.clientX, y: event.clientY }
        }}
        onPointerMove={onPointerMove}
        onPointerUp={() => {
          from.current = null
        }}
        onPointerCancel={() => {
          from.current = null
        }}
        onDoubleClick={(event) =>
          props.onLens(lens.zoom > 1 ? wholePicture : zoomedAt(lens, 4, within(event)))
        }
        data-zoomed={lens.zoom > 1}
      >
        {shown ? (
          <Picture src={shown} alt={`${props.words}, ${statusWords(view)}`} style={lensStyle(lens)} />
        ) : (
          <span className={styles.none}>{statusWords(view)}</span>
        )}
      </div>
      <figcaption className={styles.words}>{props.words}</figcaption>
      <div className={styles.tools}>
        {props.reference ? (
          <span className={styles.pinned}>reference</span>
        ) : (
          <button type="button" onClick={props.onPin} aria-label={`Take ${props.words} as reference`}>
            Pin
          </button>
        )}
        {props.onRemove && (
          <button type="button" onClick={props.onRemove} aria-label={`Take ${props.words} out`}>
            ×
          </button>
        )}
      </div>
    </figure>
  )
}
