import type { Connection } from '../../state/cell-store.ts'
import { duration } from '../../wire/format.ts'
import type { Progress } from '../../wire/study.ts'
import styles from './status-pill.module.css'

const words: Record<Progress['status'], string> = {
  draft: 'Draft',
  running: 'Developing',
  paused: 'Paused',
  finished: 'Finished',
  cancelled: 'Cancelled',
}

/** How far a study is, in one line: `Developing 17 of 25 · 11.8 per min · 41 s left`. */
export function StatusPill(props: { progress: Progress; planned: number; connection?: Connection }) {
  const { progress, connection } = props
  const { status, counts, perMinute, secondsLeft, errorShare, forecast } = progress
  const waiting = status === 'running' && counts.rendering === 0 && counts.done === 0
  const shown =
    status === 'finished' && counts.failed > 0
      ? 'Finished with failures'
      : waiting
        ? 'Starting'
        : words[status]

  return (
    <p className={styles.pill} data-wide>
      <span className={styles.dot} data-status={connection?.state === 'lost' ? 'lost' : status} />
      <span className={styles.strong}>
        {shown} <span className={styles.number}>{whole.format(counts.done)}</span>
      </span>
      <span>of {whole.format(counts.cells === 0 ? props.planned : counts.cells - counts.excluded)}</span>
      {status === 'running' && perMinute !== null && <span className={styles.part}>{rate(perMinute)}</span>}
      {status === 'running' && secondsLeft !== null && secondsLeft > 0 && (
        <span className={styles.part}>
          {duration(secondsLeft)} left{errorShare !== null && ` ± ${Math.round(errorShare * 100)} %`}
        </span>
      )}
      {status === 'finished' && forecast?.error != null && (
        <span className={styles.part} title="What was forecast at its start against what it took">
          {duration(forecast.took!)}, forecast {duration(forecast.seconds)}
        </span>
      )}
      {counts.failed > 0 && <span className={`${styles.part} ${styles.bad}`}>{counts.failed} failed</span>}
    </p>
  )
}

const whole = new Intl.NumberFormat('en-US')

const rate = (perMinute: number): string =>
  perMinute >= 99.5
    ? `${whole.format(Math.round(perMinute))} per min`
    : perMinute >= 0.95
      ? `${perMinute.toFixed(1)} per min`
      : `${(perMinute * 60).toFixed(1)} per hour`
