'use client'

import { type CSSProperties, memo, useEffect } from 'react'
import { Picture } from '../../shell/picture.tsx'
import { useCell } from '../../shell/use-cell.ts'
import type { LiveStudy } from '../../shell/use-live-study.ts'
import type { CellView } from '../../state/cell-store.ts'
import styles from './cell.module.css'
import { shortReason, statusWords } from './names.ts'

/** Larger pictures are shown by a thumbnail until someone looks closer. */
const plainWidth = 512

/** One cell of the live sheet: a faint outline, a picture in the tray, the picture, or why there is none. */
export const Cell = memo(function Cell(props: {
  live: LiveStudy
  seq: number
  /** Where it lies in words, as in `eta 0.5, seed 7`. */
  words: string
  column: number
  left: number
  width: number
  height: number
  selected: boolean
  picked: boolean
  /** Kept back by the filter. */
  faint: boolean
  /** 0..255 on the scale of the measure that colours the cells, or −1. */
  shade: number
  focusable: boolean
  /** It is painted below; this is only where the keyboard stands and what is said about it. */
  drawn: boolean
}) {
  const { live, seq } = props
  const { store } = live
  const view = useCell(store, seq)
  const status = view?.cell.status ?? 'queued'
  // Why it failed is not in a packed record.
  useEffect(() => {
    if (status === 'failed') live.want([seq])
  }, [live, seq, status])

  return (
    // biome-ignore lint/a11y/useSemanticElements: a sheet is an ARIA grid with absolutely placed, windowed cells, which table cells cannot be
    <div
      role="gridcell"
      data-seq={seq}
      data-status={status}
      aria-colindex={props.column + 2}
      aria-selected={props.selected}
      aria-label={`${props.words}: ${statusWords(view)}${props.picked ? ', picked' : ''}`}
      data-faint={props.faint}
      data-drawn={props.drawn}
      tabIndex={props.focusable ? 0 : -1}
      className={styles.cell}
      style={{ left: props.left, width: props.width, height: props.height }}
    >
      {!props.drawn && <Content view={view} seq={seq} width={props.width} />}
      {!props.drawn && view?.cell.mark === 'star' && (
        <span className={styles.star} aria-hidden="true">
          ★
        </span>
      )}
      {!props.drawn && props.picked && (
        <span className={styles.picked} aria-hidden="true">
          ✓
        </span>
      )}
      {!props.drawn && props.shade >= 0 && (
        <span className={styles.shade} style={{ '--share': props.shade / 255 } as CSSProperties} />
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
        onLoad={coverDrawing}
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

/** From now on the picture stands for itself; until then the small one drawn below is seen. */
const coverDrawing = ({ currentTarget }: { currentTarget: HTMLImageElement }): void => {
  currentTarget.closest('[data-seq]')?.setAttribute('data-developed', '')
}

const pictureUrl = (sha: string, pictureWidth: number, shownWidth: number): string => {
  if (pictureWidth <= plainWidth) return `/blobs/${sha}`

  return `/thumbs/${sha}/${shownWidth <= 128 ? 256 : 512}.webp`
}
