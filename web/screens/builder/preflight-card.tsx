'use client'

import Link from 'next/link'
import { Button } from '../../shell/button.tsx'
import { bytes, duration, plural } from '../../wire/format.ts'
import styles from './preflight-card.module.css'
import type { Forecasting } from './use-draft.ts'
import type { Start } from './use-start.ts'

/** What it will cost, leading with the time one has to wait, and the one button that spends it. */
export function PreflightCard(props: {
  forecasting: Forecasting
  /** Known at once from the axes; null while something is wrong. */
  cells: number | null
  /** Of the sheet, exact. */
  sheet: { width: number; height: number; megapixels: number } | null
  /** Found in the browser, before the server answers. */
  problems: number
  start: Start
}) {
  const { answer, stale, failure: noForecast } = props.forecasting
  const forecast = answer?.forecast ?? null
  const { start } = props
  const ofServer = stale ? 0 : (answer?.problems.length ?? 0)
  const wrong = props.cells === null || ofServer > 0
  const renders = forecast && !stale ? forecast.toRender : props.cells
  const rows: [name: string, value: string, strong?: boolean][] = forecast
    ? [
        ['Cells', String(forecast.cells)],
        ...(forecast.excluded > 0
          ? [['Left out by a rule', String(forecast.excluded)] as [string, string]]
          : []),
        ['Already rendered', String(forecast.reused)],
        ...(forecast.shared > 0 ? [['Same picture twice', String(forecast.shared)] as [string, string]] : []),
        ['To render', String(forecast.toRender), true],
        ...(forecast.memoryBytes > 0
          ? [['Memory', `${bytes(forecast.memoryBytes)}${fits(forecast.fit)}`] as [string, string]]
          : []),
        ...(props.sheet
          ? [
              [
                'Sheet PNG',
                `${props.sheet.width} × ${props.sheet.height}, ${megapixels(props.sheet.megapixels)}`,
              ] as [string, string],
            ]
          : []),
      ]
    : []

  return (
    <section className={styles.card} aria-label="Forecast" aria-busy={stale}>
      <p className={styles.time} data-stale={stale}>
        {wrong ? 'Not yet' : forecast ? waitingTime(forecast.seconds) : '…'}
      </p>
      <p className={styles.on}>
        {wrong
          ? `${plural(Math.max(props.problems, ofServer, 1), 'thing')} to put right first`
          : forecast
            ? `on ${forecast.devices === 0 ? 'one device, none is here yet' : plural(forecast.devices, 'device')}${forecast.errorShare === null ? '' : `, ± ${Math.max(1, Math.round(forecast.errorShare * 100))} %`}`
            : 'asking what it will cost'}
      </p>
      <dl className={styles.rows}>
        {rows.map(([name, value, strong]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd data-strong={strong}>{value}</dd>
          </div>
        ))}
      </dl>
      {(start.failure ?? noForecast) && (
        <p className={styles.failure} role="alert">
          {start.failure ?? noForecast} {start.elsewhere && <Link href={start.elsewhere}>Go there</Link>}
        </p>
      )}
      <Button
        kind="primary"
        wide
        disabled={wrong || start.isStarting || renders === null}
        onClick={start.run}
      >
        {start.isStarting
          ? 'Starting …'
          : renders === 0
            ? 'Start, nothing to render'
            : `Start ${plural(renders ?? 0, 'render')}`}
      </Button>
    </section>
  )
}

type Forecast = NonNullable<NonNullable<Forecasting['answer']>['forecast']>

/** A render that does not fit at once is made in smaller pieces. */
const fits = (fit: Forecast['fit']): string =>
  fit === 'no' ? ', more than any device has' : fit === 'parts' ? ', in smaller pieces' : ''

const waitingTime = (seconds: number | null): string =>
  seconds === null ? 'Not measured yet' : seconds < 1 ? 'No wait' : duration(seconds)

const megapixels = (value: number): string => `${value < 10 ? value.toFixed(1) : Math.round(value)} MP`
