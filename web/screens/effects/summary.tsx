'use client'

import { useMemo } from 'react'
import {
  type Analysis,
  analyse,
  type EffectAxis,
  inUnits,
  type PictureMeasure,
  standsOut,
  summarise,
} from '#charts'
import type { Progress } from '../../wire/study.ts'
import styles from './effects-screen.module.css'

/** What the figures come to, in words, and which axis moves which measure. */
export function Summary(props: {
  axes: readonly EffectAxis[]
  measure: PictureMeasure
  measures: readonly PictureMeasure[]
  columns: ReadonlyMap<string, Float32Array>
  analysis: Analysis | null
  /** Whether all measures are at hand to be set beside each other. */
  overview: boolean
  progress: Progress
  choose: (measure: string) => void
}) {
  const { axes, measure, analysis, progress } = props
  const { done, cells, excluded } = progress.counts
  const missing = cells - excluded - done

  return (
    <aside className={styles.panel} aria-label="Summary">
      <section>
        <h2 className={styles.heading}>What moves {measure.label}</h2>
        {analysis ? (
          <ul className={styles.findings}>
            {summarise({ measure, analysis }).map(({ kind, axes: names, says }) => (
              <li key={`${names.join()} ${says}`} data-kind={kind}>
                {names.map((name, k) => (
                  <span key={name}>
                    {k > 0 && ' and '}
                    <code>{name}</code>
                  </span>
                ))}{' '}
                {says}
              </li>
            ))}
          </ul>
        ) : (
          <p className={styles.muted}>Too few cells are done to compare anything.</p>
        )}
        {missing > 0 && (
          <p className={styles.muted}>
            {done} of {cells - excluded} cells are done; figures move until the others are.
          </p>
        )}
      </section>
      {analysis?.noise === 'seeds' && (
        <section>
          <h2 className={styles.heading}>Seed noise</h2>
          <p>
            <b className={styles.big}>± {inUnits(analysis.noiseDeviation!, measure)}</b> {measure.label}
          </p>
        </section>
      )}
      {props.overview && <Overview {...props} axes={axes} />}
    </aside>
  )
}

/** Reach over noise, every axis by every measure: the whole study at a glance. */
function Overview(props: Parameters<typeof Summary>[0]) {
  const { axes, measures, columns } = props
  const lines = useMemo(
    () =>
      measures.map((measure) => {
        const values = columns.get(measure.name)
        return { measure, analysis: values ? analyse({ axes, values }) : null }
      }),
    [axes, measures, columns],
  )
  const shown = axes.flatMap(({ labels, isSeed }, k) => (labels.length > 1 && !isSeed ? [k] : []))
  const held = lines.some(({ analysis }) => analysis && analysis.noise !== 'none')
  if (shown.length === 0 || !held) return null

  return (
    <section>
      <h2 className={styles.heading}>Times the noise, by axis</h2>
      <div className={styles.tableBox}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">measure</th>
              {shown.map((k) => (
                <th key={k} scope="col" className={styles.number}>
                  {axes[k]!.name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {lines.map(({ measure, analysis }) => (
              <tr key={measure.name} data-current={measure.name === props.measure.name}>
                <th scope="row">
                  <button type="button" className={styles.row} onClick={() => props.choose(measure.name)}>
                    {measure.label}
                  </button>
                </th>
                {shown.map((k) => (
                  <td key={k} className={styles.number} data-stands={stands(analysis, k)}>
                    {ratioOf(analysis, k)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className={styles.muted}>Bold stands out: by chance less than once in a hundred.</p>
    </section>
  )
}

function ratioOf(analysis: Analysis | null, axis: number): string {
  const factor = analysis?.factors.indexOf(axis) ?? -1
  if (!analysis || factor < 0 || analysis.noiseDeviation === null) return '–'

  return analysis.noiseDeviation > 0 ? (analysis.reach[factor]!.by / analysis.noiseDeviation).toFixed(1) : '∞'
}

function stands(analysis: Analysis | null, axis: number): boolean {
  const factor = analysis?.factors.indexOf(axis) ?? -1
  const term = analysis?.anova.terms.find(({ factors }) => factors.length === 1 && factors[0] === factor)

  return term !== undefined && standsOut(term)
}
