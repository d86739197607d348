'use client'

import { memo, useSyncExternalStore } from 'react'
import { Picture } from '../../shell/picture.tsx'
import type { CellStore, CellView } from '../../state/cell-store.ts'
import styles from './cell.module.css'
import { shortReason, statusWords } from './names.ts'

/** Larger pictures are shown by a thumbnail until someone looks closer. */
const plainWidth = 512

/** One cell of the live sheet: a faint outline, a picture in the tray, the picture, or why there is none. */
export const Cell = memo(function Cell(props: {
  store: CellStore
  seq: number
  /** Where it lies in words, as in `eta 0.5, seed 7`. */
  words: string
  column: number
  left: number
  width: number
  height: number
  selected: boolean
  picked: boolean
  focusable: boolean
}) {
  const { store, seq } = props
  const view = useSyncExternalStore(
    (listener) => store.watchCell(seq, listener),
    () => store.cell(seq),
    () => store.cell(seq),
  )
  const status = view?.cell.status ?? 'queued'

  return (
    // biome-ignore lint/a11y/useSemanticElements: a sheet is an ARIA grid with absolutely placed, windowed cells, which table cells cannot be
    <div
      role="gridcell"
      data-seq={seq}
      data-status={status}
      aria-colindex={props.column + 2}
      aria-selected={props.selected}
      aria-label={`${props.words}: ${statusWords(view)}${props.picked ? ', picked to compare' : ''}`}
      tabIndex={props.focusable ? 0 : -1}
      className={styles.cell}
      style={{ left: props.left, width: props.width, height: props.height }}
    >
      <Content view={view} seq={seq} width={props.width} />
      {view?.cell.mark === 'star' && (
        <span className={styles.star} aria-hidden="true">
          ★
        </span>
      )}
      {props.picked && (
        <span className={styles.picked} aria-hidden="true">
          ✓
        </span>
      )}
    </div>
  )
})

function Content({ view, seq, width }: { view: CellView | undefined; seq: number; width: number }) {
  if (!view) return null
  const { cell, preview } = view

  if (cell.image)
    return (
      <Picture
        className={styles.picture}
        data-rejected={cell.mark === 'reject'}
        src={pictureUrl(cell.image, cell.width ?? 0, width)}
        alt=""
      />
    )
  if (cell.status === 'rendering') {
    const of = preview?.of ?? cell.of ?? 0
    const share = of > 0 ? (preview?.step ?? cell.step ?? 0) / of : 0
    return (
      <>
        {preview?.url && <Picture className={styles.preview} src={preview.url} alt="" />}
        <span className={styles.track}>
          <span className={styles.bar} style={{ transform: `scaleX(${share})` }} />
        </span>
      </>
    )
  }
  if (cell.status === 'failed')
    return (
      <span className={styles.failed}>
        {width >= 72 && <span>{shortReason(cell.error)}</span>}
        <button type="button" tabIndex={-1} className={styles.retry} data-retry={seq}>
          Retry
        </button>
      </span>
    )

  return null
}

const pictureUrl = (sha: string, pictureWidth: number, shownWidth: number): string => {
  if (pictureWidth <= plainWidth) return `/blobs/${sha}`

  return `/thumbs/${sha}/${shownWidth <= 128 ? 256 : 512}.webp`
}
