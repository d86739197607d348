'use client'

import { useSyncExternalStore } from 'react'
import { measuresIn } from '#charts'
import type { PackInfo, Plan, Recipe } from '#study'
import type { CellStore } from '../../state/cell-store.ts'
import { signed } from '../../wire/format.ts'
import type { CompareState } from './compare-url.ts'
import { apart, sameInAll, spread, valueWords } from './differences.ts'
import styles from './findings.module.css'
import { recipeOf, takeOfNumber } from './takes.ts'

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
  const metricsOf = (seq: number) => store.cell(seq)?.cell.metrics ?? null
  const measures = measuresIn(seqs.map(metricsOf))
  const base = metricsOf(reference)
  const hasTakes = seqs.some((seq) => takeOfNumber(plan.size, seq) !== null)
  const measured = seqs.flatMap((seq) => metricsOf(seq)?.clipSimilarity ?? [])
  const noise = differing.length === 1 && differing[0] === 'seed' ? spread(measured) : null
  const same = sameInAll(plan, props.pack, { seq: reference, differing })

  return (
    <aside className={styles.panel} aria-label="Differences">
      <section>
        <h2 className={styles.heading}>Against the reference, {apart(plan, reference, differing)}</h2>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: where it is too wide, it is scrolled by keyboard */}
        <section className={styles.scroll} aria-label="Measures" tabIndex={0}>
          <table className={styles.table}>
            <thead>
              <tr>
                {differing.map((name) => (
                  <th key={name} scope="col">
                    {name}
                  </th>
                ))}
                {hasTakes && <th scope="col">take</th>}
                {measures.map(({ name, label, says }) => (
                  <th key={name} scope="col" className={styles.number} title={says}>
                    {label}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {seqs.map((seq) => {
                const own = metricsOf(seq)
                const recipe = recipeOf(plan, seq)
                return (
                  <tr key={seq} data-reference={seq === reference} onClick={() => props.onPin(seq)}>
                    {differing.map((name) => (
                      <td key={name}>{valueWords(recipe, name)}</td>
                    ))}
                    {hasTakes && <td>{takeWords(plan, seq)}</td>}
                    {measures.map(({ name, digits }) => (
                      <td key={name} className={styles.number}>
                        {own?.[name]?.toFixed(digits) ?? '–'}
                        <span className={styles.change}>
                          {seq !== reference && changeOf(own?.[name], base?.[name], digits)}
                        </span>
                      </td>
                    ))}
                  </tr>
                )
              })}
            </tbody>
          </table>
        </section>
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

const takeWords = (plan: Plan, seq: number): string => {
  const take = takeOfNumber(plan.size, seq)

  return take === null ? 'on the sheet' : String(take + 1)
}

const changeOf = (own: number | undefined, base: number | undefined, digits: number): string =>
  own === undefined || base === undefined ? '' : signed(own - base, digits)
