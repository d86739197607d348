'use client'

import { useRef, useState } from 'react'
import { Picture } from '../../shell/picture.tsx'
import { useCell } from '../../shell/use-cell.ts'
import type { CellStore, CellView } from '../../state/cell-store.ts'
import { statusWords } from '../study/names.ts'
import type { CompareState } from './compare-url.ts'
import { DifferencePicture } from './difference-picture.tsx'
import { lensStyle } from './lens.ts'
import { cellOfNumber } from './takes.ts'
import styles from './tile.module.css'
import { useLensGestures } from './use-lens-gestures.ts'

/** One of the pictures compared, by itself or against the reference; all tiles look through one lens. */
export function Tile(props: {
  store: CellStore
  seq: number
  /** Of other takes, by the number of their picture. */
  takes: ReadonlyMap<number, string>
  state: CompareState
  words: string
  referenceWords: string
  width: number
  height: number
  /** While blinking: whether it is the turn of the reference. */
  isTurn: boolean
  onGo: (change: Partial<CompareState>) => void
  onFocus: () => void
  onShift: (by: 1 | -1) => void
  /** Another picture was dropped here. */
  onPut: (seq: number) => void
  onRemove: (() => void) | null
}) {
  const { store, seq, state, words, width, height } = props
  const { reference, lens, mode } = state
  const box = useRef<HTMLDivElement>(null)
  const [isTarget, setTarget] = useState(false)
  const view = useCell(store, cellOfNumber(store.size, seq))
  const against = useCell(store, cellOfNumber(store.size, reference))
  const addressOf = (number: number, of: CellView | undefined): string | null => {
    if (number < store.size) return pictureOf(of)
    const image = props.takes.get(number)
    return image === undefined ? null : `/blobs/${image}`
  }
  const gestures = useLensGestures(box, lens, (next) => props.onGo({ lens: next }))
  const isReference = seq === reference
  const other = mode === 'side' || isReference ? null : addressOf(reference, against)
  const own = addressOf(seq, view)

  return (
    // biome-ignore lint/a11y/useSemanticElements: one of several like groups, not form fields
    <div
      className={styles.tile}
      role="group"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: the keys act on the picture that has the focus
      tabIndex={0}
      aria-label={isReference ? `${words}, reference` : words}
      data-reference={isReference}
      data-target={isTarget}
      style={{ width, height }}
      onFocus={props.onFocus}
      onDragOver={(event) => {
        if (!event.dataTransfer.types.includes(dragType)) return
        event.preventDefault()
        setTarget(true)
      }}
      onDragLeave={() => setTarget(false)}
      onDrop={(event) => {
        setTarget(false)
        const dragged = event.dataTransfer.getData(dragType)
        if (dragged !== '') props.onPut(Number(dragged))
      }}
    >
      <div ref={box} className={styles.window} data-zoomed={lens.zoom > 1} {...gestures}>
        {own === null ? (
          <span className={styles.none}>{statusWords(view)}</span>
        ) : mode === 'difference' && other !== null ? (
          <DifferencePicture
            src={own}
            reference={other}
            gain={state.amount}
            words={words}
            style={lensStyle(lens)}
          />
        ) : (
          <>
            <Picture src={own} alt={`${words}, ${statusWords(view)}`} style={lensStyle(lens)} />
            {other !== null && (
              <div className={styles.over} style={overlay(state, props.isTurn)} aria-hidden="true">
                <Picture src={other} alt="" style={lensStyle(lens)} />
              </div>
            )}
          </>
        )}
      </div>
      {mode === 'slider' && other !== null && own !== null && (
        <WipeLine at={state.amount} onMove={(amount) => props.onGo({ amount })} />
      )}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dragging is a short cut; the buttons below do the same */}
      <div
        className={styles.words}
        draggable
        title="Drag to another place"
        onDragStart={(event) => {
          event.dataTransfer.setData(dragType, String(seq))
          event.dataTransfer.effectAllowed = 'move'
        }}
      >
        {mode === 'slider' && other !== null ? `${props.referenceWords} | ${words}` : words}
        {mode === 'blink' && other !== null && props.isTurn && <b> reference</b>}
      </div>
      <div className={styles.tools}>
        <button type="button" aria-label={`Move ${words} earlier`} onClick={() => props.onShift(-1)}>
          ‹
        </button>
        <button type="button" aria-label={`Move ${words} later`} onClick={() => props.onShift(1)}>
          ›
        </button>
        {isReference ? (
          <span className={styles.pinned}>reference</span>
        ) : (
          <button
            type="button"
            onClick={() => props.onGo({ reference: seq })}
            aria-label={`Take ${words} as reference`}
          >
            Pin
          </button>
        )}
        {props.onRemove && (
          <button type="button" onClick={props.onRemove} aria-label={`Take ${words} out`}>
            ×
          </button>
        )}
      </div>
    </div>
  )
}

const dragType = 'text/x-teststrip-cell'

/** The address of the finished picture, or of what there is of it. */
const pictureOf = (view: CellView | undefined): string | null =>
  view?.cell.image ? `/blobs/${view.cell.image}` : (view?.preview?.url ?? null)

/** How the reference lies over the picture. */
function overlay({ mode, amount }: CompareState, isTurn: boolean): React.CSSProperties {
  if (mode === 'slider') return { clipPath: `inset(0 ${(1 - amount) * 100}% 0 0)` }
  if (mode === 'onion') return { opacity: amount }

  return { visibility: isTurn ? 'visible' : 'hidden' }
}

/** The line between reference and picture, to be dragged; the field below does the same from the keyboard. */
function WipeLine({ at, onMove }: { at: number; onMove: (at: number) => void }) {
  return (
    <span
      className={styles.wipe}
      style={{ left: `${at * 100}%` }}
      aria-hidden="true"
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={(event) => {
        if (!event.currentTarget.hasPointerCapture(event.pointerId)) return
        const tile = event.currentTarget.parentElement!.getBoundingClientRect()
        const share = (event.clientX - tile.left) / tile.width
        onMove(Number(Math.min(1, Math.max(0, share)).toFixed(3)))
      }}
    />
  )
}
