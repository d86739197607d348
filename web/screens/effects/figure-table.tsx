'use client'

import Link from 'next/link'
import { interaction, mainEffect, pointAt, sharesOf } from '#charts'
import styles from './effects-screen.module.css'
import { cellText, type FigureProps } from './figure-props.ts'

interface Row {
  cells: string[]
  /** The cell it leads to. */
  seq?: number
}

/** A table is read, not scrolled for minutes: the CSV has every cell. */
const mostRows = 200

/** The figure as a table: for screen readers, and for whoever wants the numbers. */
export function FigureTable(props: {
  figure: 'main' | 'together' | 'variance' | 'cells'
  data: FigureProps
  pair: { column: number; row: number }
  hrefOf: (seq: number) => string
}) {
  const { heads, rows } = tableOf(props)

  return (
    <details className={styles.details}>
      <summary>As a table</summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: where it is too large, it is scrolled by keyboard */}
      <section className={styles.tableBox} aria-label="The figure as a table" tabIndex={0}>
        <table className={styles.table}>
          <thead>
            <tr>
              {heads.map((head) => (
                <th key={head} scope="col">
                  {head}
                </th>
              ))}
              <th scope="col">
                <span className="visually-hidden">Cell</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, mostRows).map((row) => (
              <tr key={row.cells.join('\n')}>
                {row.cells.map((text, k) => (
                  <td key={heads[k]}>{text}</td>
                ))}
                <td>
                  {row.seq !== undefined && (
                    <Link
                      href={props.hrefOf(row.seq)}
                      aria-label={`Open the cell of ${row.cells[0]} ${row.cells[1]}`}
                    >
                      open
                    </Link>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
        {rows.length > mostRows && (
          <p className={styles.muted}>
            The first {mostRows} of {rows.length}; the CSV has all.
          </p>
        )}
      </section>
    </details>
  )
}

function tableOf({ figure, data, pair }: Parameters<typeof FigureTable>[0]): {
  heads: string[]
  rows: Row[]
} {
  const { axes, values, measure, measures, columns, analysis } = data
  const number = (value: number | null | undefined, digits = measure.digits) =>
    value === null || value === undefined || Number.isNaN(value) ? '–' : value.toFixed(digits)

  switch (figure) {
    case 'main':
      return {
        heads: ['axis', 'value', measure.label, '± between seeds', 'cells'],
        rows: axes.flatMap((axis, k) =>
          axis.labels.length < 2
            ? []
            : mainEffect({ axes, values }, k).map(({ label, mean, band, count, seqs }) => ({
                cells: [
                  axis.name,
                  label,
                  number(mean),
                  number(band && mean !== null ? band[1] - mean : null),
                  String(count),
                ],
                seq: seqs[0],
              })),
        ),
      }
    case 'together': {
      const [across, down] = [axes[pair.column]!, axes[pair.row]!]
      return {
        heads: [across.name, down.name, measure.label, 'beyond both alone'],
        rows: interaction({ axes, values }, pair).flatMap((line, r) =>
          line.map(({ mean, beyond, seqs }, c) => ({
            cells: [across.labels[c]!, down.labels[r]!, number(mean), number(beyond)],
            seq: seqs[0],
          })),
        ),
      }
    }
    case 'variance':
      return {
        heads: ['source', 'share', 'test'],
        rows: (analysis ? sharesOf(analysis) : []).map(({ name, share, says }) => ({
          cells: [name, `${(share * 100).toFixed(1)} %`, says],
        })),
      }
    case 'cells':
      return {
        heads: ['cell', ...measures.map(({ label }) => label)],
        rows: Array.from(values.keys()).flatMap((seq) =>
          Number.isNaN(values[seq]!)
            ? []
            : [
                {
                  cells: [
                    cellText(
                      axes,
                      axes.map((_, axis) => pointAt(axes, axis, seq)),
                    ),
                    ...measures.map(({ name, digits }) => number(columns.get(name)?.[seq], digits)),
                  ],
                  seq,
                },
              ],
        ),
      }
  }
}
