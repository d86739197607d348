'use client'

import Link from 'next/link'
import type { SheetSize } from '#charts'
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
  sheet: SheetSize | null
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
  const rows = forecast ? rowsOf(forecast, props.sheet) : []

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
        {rows.map(({ name, value, strong }) => (
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

interface CardRow {
  name: string
  value: string
  strong?: boolean
}

/** What there is to say; nothing is listed that is none. */
function rowsOf(forecast: Forecast, sheet: SheetSize | null): CardRow[] {
  const { excluded, shared, memoryBytes, diskBytes, diskFree, fit } = forecast
  const lacking = diskFree !== null && diskBytes > diskFree ? ', more than is free' : ''
  const rows: (CardRow | false)[] = [
    { name: 'Cells', value: String(forecast.cells) },
    excluded > 0 && { name: 'Left out by a rule', value: String(excluded) },
    { name: 'Already rendered', value: String(forecast.reused) },
    shared > 0 && { name: 'Same picture twice', value: String(shared) },
    { name: 'To render', value: String(forecast.toRender), strong: true },
    memoryBytes > 0 && { name: 'Memory', value: `${bytes(memoryBytes)}${fits(fit)}` },
    diskBytes > 0 && { name: 'Disk', value: `about ${bytes(diskBytes)}${lacking}` },
  ]
  if (sheet)
    rows.push(
      {
        name: 'Sheet PNG',
        value: `${sheet.width} × ${sheet.height}, ${megapixels(sheet.megapixels)}`,
      },
      { name: 'Fits', value: formatsThatHold(sheet) },
    )

  return rows.filter((row) => row !== false)
}

const formatsThatHold = ({ tooLargeFor }: SheetSize): string =>
  tooLargeFor.length === 0 ? 'every format' : `all formats but ${tooLargeFor.join(', ')}`

/** A render that does not fit at once is made in smaller pieces. */
const fits = (fit: Forecast['fit']): string =>
  fit === 'no' ? ', more than any device has' : fit === 'parts' ? ', in smaller pieces' : ''

const waitingTime = (seconds: number | null): string =>
  seconds === null ? 'Not measured yet' : seconds < 1 ? 'No wait' : duration(seconds)

const megapixels = (value: number): string => `${value < 10 ? value.toFixed(1) : Math.round(value)} MP`
