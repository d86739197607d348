'use client'

import { useSyncExternalStore } from 'react'
import { cellAt, type PackInfo, type Plan, type Recipe } from '#study'
import type { CellStore } from '../../state/cell-store.ts'
import { signed } from '../../wire/format.ts'
import type { CompareState } from './compare-url.ts'
import { apart, sameInAll, spread, valueWords } from './differences.ts'
import styles from './findings.module.css'

/** What sets the compared cells apart, in a table, and what they share. */
export function Findings(props: {
  plan: Plan
  pack: PackInfo
  store: CellStore
  state: CompareState
  differing: readonly (keyof Recipe)[]
  onPin: (seq: number) => void
}) {
  const { plan, store, differing } = props
  const { seqs, reference } = props.state
  useSyncExternalStore(store.watchAll, store.changes, store.changes)
  const similarity = (seq: number): number | undefined => store.cell(seq)?.cell.metrics?.clipSimilarity
  const base = similarity(reference)
  const measured = seqs.flatMap((seq) => similarity(seq) ?? [])
  const noise = differing.length === 1 && differing[0] === 'seed' ? spread(measured) : null
  const same = sameInAll(plan, props.pack, { seq: reference, differing })

  return (
    <aside className={styles.panel} aria-label="Differences">
      <section>
        <h2 className={styles.heading}>Against the reference, {apart(plan, reference, differing)}</h2>
        <div className={styles.scroll}>
          <table className={styles.table}>
            <thead>
              <tr>
                {differing.map((name) => (
                  <th key={name} scope="col">
                    {name}
                  </th>
                ))}
                <th scope="col" className={styles.number}>
                  CLIP
                </th>
                <th scope="col" className={styles.number}>
                  change
                </th>
              </tr>
            </thead>
            <tbody>
              {seqs.map((seq) => {
                const own = similarity(seq)
                const { recipe } = cellAt(plan, seq)
                return (
                  <tr key={seq} data-reference={seq === reference} onClick={() => props.onPin(seq)}>
                    {differing.map((name) => (
                      <td key={name}>{valueWords(recipe, name)}</td>
                    ))}
                    <td className={styles.number}>{own === undefined ? '–' : own.toFixed(3)}</td>
                    <td className={`${styles.number} ${styles.muted}`}>
                      {own === undefined || base === undefined ? '–' : signed(own - base)}
                    </td>
                  </tr>
                )
              })}
            </tbody>
          </table>
        </div>
      </section>
      {noise && (
        <section>
          <h2 className={styles.heading}>Seed noise of this cell</h2>
          <p>
            <b className={styles.big}>± {noise.deviation.toFixed(3)}</b> CLIP similarity
          </p>
          <p className={styles.muted}>
            Over {measured.length} seeds, around {noise.mean.toFixed(3)}. A setting that changes less than
            this may be luck.
          </p>
        </section>
      )}
      <section>
        <h2 className={styles.heading}>Same in all</h2>
        <ul className={styles.same}>
          {same.map(({ name, value }) => (
            <li key={name}>
              <span>{name}</span> {value}
            </li>
          ))}
        </ul>
      </section>
    </aside>
  )
}
