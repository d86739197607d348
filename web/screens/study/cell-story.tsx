import Link from 'next/link'
import { measuresIn } from '#charts'
import { Picture } from '../../shell/picture.tsx'
import { renderTime } from '../../wire/format.ts'
import type { WireCellDetail } from '../../wire/study.ts'
import styles from './cell-panel.module.css'
import story from './cell-story.module.css'

/** How a picture came about: the pictures on the way, what was measured of it, how long it took, what happened. */
export function CellStory({ detail, compareTakes }: { detail: WireCellDetail; compareTakes: string }) {
  const { partials, metrics, timings, takes } = detail
  const measures = measuresIn([metrics])

  return (
    <>
      {partials.length > 0 && (
        <section>
          <h3 className={styles.heading}>On the way</h3>
          <div className={story.strip}>
            {partials.map((partial) => (
              <Step key={partial.step} {...partial} words={`step ${partial.step}`} />
            ))}
          </div>
        </section>
      )}
      {takes.length > 0 && (
        <section>
          <h3 className={styles.heading}>Other takes</h3>
          <div className={story.strip}>
            {takes.map((take) => (
              <Step key={take.take} {...take} words={`take ${take.take + 1}`} />
            ))}
          </div>
          <Link href={compareTakes} className={story.compare}>
            Compare {takes.length === 1 ? 'both' : `all ${takes.length + 1}`}
          </Link>
        </section>
      )}
      {measures.length > 0 && (
        <section>
          <h3 className={styles.heading}>Measures</h3>
          <dl>
            {measures.map(({ name, label, digits, unit, says }) => (
              <div key={name} className={styles.row} title={says}>
                <dt className={story.label}>{label}</dt>
                <dd className={styles.value}>
                  {metrics![name]!.toFixed(digits)} {unit}
                </dd>
              </div>
            ))}
          </dl>
        </section>
      )}
      <details className={story.more}>
        <summary className={styles.heading}>Time and events</summary>
        <dl>
          {[
            ['begun', detail.claimedAt && moment.format(new Date(detail.claimedAt))],
            ['finished', detail.finishedAt && moment.format(new Date(detail.finishedAt))],
            ['device', detail.device],
            ['attempts', detail.attempt > 1 ? String(detail.attempt) : null],
            ['per step', timings?.secondsPerStep ? renderTime(timings.secondsPerStep) : null],
          ].map(
            ([name, value]) =>
              value && (
                <div key={name} className={styles.row}>
                  <dt className={story.label}>{name}</dt>
                  <dd className={styles.value}>{value}</dd>
                </div>
              ),
          )}
          {detail.events.map(({ at, actor, kind }) => (
            <div key={`${at} ${kind}`} className={styles.row}>
              <dt className={story.label}>
                {kind} by {actor}
              </dt>
              <dd className={styles.value}>{moment.format(new Date(at))}</dd>
            </div>
          ))}
        </dl>
      </details>
    </>
  )
}

const Step = (props: { image: string; width: number; height: number; words: string }) => (
  <Picture
    src={`/blobs/${props.image}`}
    width={props.width}
    height={props.height}
    alt={props.words}
    title={props.words}
  />
)

const moment = new Intl.DateTimeFormat('en-GB', { dateStyle: 'short', timeStyle: 'medium' })
