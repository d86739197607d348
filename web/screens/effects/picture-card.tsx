'use client'

import { useEffect, useSyncExternalStore } from 'react'
import { Picture } from '../../shell/picture.tsx'
import type { LiveStudy } from '../../shell/use-live-study.ts'
import styles from './effects-screen.module.css'
import type { Mark } from './figure-props.ts'

/** The pictures behind a mark of a figure, the one that a click leads to first. */
export function PictureCard({ study, mark }: { study: LiveStudy; mark: Mark }) {
  const { store, want } = study
  useSyncExternalStore(store.watchAll, store.changes, store.changes)
  const wanted = mark.seqs.join()
  // biome-ignore lint/correctness/useExhaustiveDependencies: by the cells, not by the list they come in
  useEffect(() => want(mark.seqs), [want, wanted])

  return (
    <div className={styles.card}>
      <b>{mark.title}</b>
      {mark.lines.map((line) => (
        <p key={line}>{line}</p>
      ))}
      <span className={styles.pictures}>
        {mark.seqs.map((seq) => {
          const image = store.cell(seq)?.cell.image
          return image ? <Picture key={seq} src={`/thumbs/${image}/96.webp`} alt="" /> : <span key={seq} />
        })}
      </span>
    </div>
  )
}
