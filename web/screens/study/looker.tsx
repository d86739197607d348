'use client'

import { type CSSProperties, type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { coordsOf, type Plan } from '#study'
import { Picture } from '../../shell/picture.tsx'
import { useCell } from '../../shell/use-cell.ts'
import type { CellStore } from '../../state/cell-store.ts'
import { lensStyle, wholePicture, zoomedAt } from '../compare/lens.ts'
import { useLensGestures } from '../compare/use-lens-gestures.ts'
import styles from './looker.module.css'
import { cellWords, statusWords } from './names.ts'

/** One picture, as large as the screen lets it be; wheel and pinch go down to its pixels, arrows on to its neighbours. */
export function Looker(props: {
  plan: Plan
  store: CellStore
  seq: number
  onStep: (columns: number, rows: number) => void
  onClose: () => void
}) {
  const { plan, store, seq } = props
  const dialog = useRef<HTMLDialogElement>(null)
  const view = useCell(store, seq)
  useEffect(() => dialog.current?.showModal(), [])

  const box = useRef<HTMLDivElement>(null)
  const [lens, setLens] = useState(wholePicture)
  const gestures = useLensGestures(box, lens, setLens)
  const [width, height] = plan.base.width_height

  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key]
    const factor = { '+': 1.5, '=': 1.5, '-': 1 / 1.5 }[event.key]
    if (!step && !factor && !['0', 'Enter', ' '].includes(event.key)) return
    event.preventDefault()
    if (step) props.onStep(step[0]!, step[1]!)
    else if (factor) setLens(zoomedAt(lens, factor, { x: 0.5, y: 0.5 }))
    else if (event.key === '0') setLens(wholePicture)
    else dialog.current?.close()
  }
  const shown = view?.cell.image ? `/blobs/${view.cell.image}` : view?.preview?.url
  const words = cellWords(plan, coordsOf(plan, seq))

  return (
    <dialog
      ref={dialog}
      className={styles.looker}
      aria-label={words}
      closedby="any"
      onClose={props.onClose}
      onKeyDown={onKeyDown}
    >
      {shown ? (
        <div
          ref={box}
          className={styles.window}
          style={{ aspectRatio: `${width} / ${height}`, '--ratio': width / height } as CSSProperties}
          data-zoomed={lens.zoom > 1}
          {...gestures}
        >
          <Picture
            src={shown}
            alt={`${words}, ${statusWords(view)}`}
            className={styles.picture}
            style={lensStyle(lens)}
          />
        </div>
      ) : (
        <p className={styles.none}>{statusWords(view)}</p>
      )}
      <p className={styles.words}>
        {words}
        {lens.zoom > 1 && <span> · {lens.zoom.toFixed(1)} times</span>}
      </p>
    </dialog>
  )
}
