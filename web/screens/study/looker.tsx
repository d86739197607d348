'use client'

import { type KeyboardEvent, useEffect, useRef, useSyncExternalStore } from 'react'
import { coordsOf, type Plan } from '#study'
import { Picture } from '../../shell/picture.tsx'
import type { CellStore } from '../../state/cell-store.ts'
import styles from './looker.module.css'
import { cellWords, statusWords } from './names.ts'

/** One picture, as large as the screen lets it be, pixel by pixel; the arrows go on to its neighbours. */
export function Looker(props: {
  plan: Plan
  store: CellStore
  seq: number
  onStep: (columns: number, rows: number) => void
  onClose: () => void
}) {
  const { plan, store, seq } = props
  const dialog = useRef<HTMLDialogElement>(null)
  const view = useSyncExternalStore(
    (listener) => store.watchCell(seq, listener),
    () => store.cell(seq),
    () => store.cell(seq),
  )
  useEffect(() => dialog.current?.showModal(), [])

  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key]
    if (step) {
      event.preventDefault()
      props.onStep(step[0]!, step[1]!)
    }
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault()
      dialog.current?.close()
    }
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
        <Picture
          src={shown}
          alt={`${words}, ${statusWords(view)}`}
          className={styles.picture}
          style={{ aspectRatio: plan.base.width_height.join(' / ') }}
        />
      ) : (
        <p className={styles.none}>{statusWords(view)}</p>
      )}
      <p className={styles.words}>{words}</p>
    </dialog>
  )
}
