import type { Plan } from '#study'
import styles from './shown-values.module.css'

/** A list longer than this is no help; from here on a stretch is chosen by its ends. */
const mostListed = 40

/** Which values of an axis are shown: each by itself, or a stretch of a long axis. */
export function ShownValues(props: {
  name: string
  points: Plan['axes'][number]['points']
  hidden: readonly number[]
  onHidden: (points: number[]) => void
}) {
  const { points, hidden, onHidden } = props
  const isHidden = new Set(hidden)
  const shown = points.flatMap((_, point) => (isHidden.has(point) ? [] : [point]))
  const only = (keep: (point: number) => boolean) =>
    onHidden(points.flatMap((_, point) => (keep(point) ? [] : [point])))

  return (
    <fieldset className={styles.values}>
      <legend className={styles.legend}>
        Values shown
        {hidden.length > 0 && (
          <button type="button" className={styles.all} onClick={() => onHidden([])}>
            Show all
          </button>
        )}
      </legend>
      {points.length <= mostListed ? (
        points.map(({ label }, point) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a point is where it stands
          <span key={point} className={styles.value}>
            <label>
              <input
                type="checkbox"
                checked={!isHidden.has(point)}
                onChange={() =>
                  onHidden(isHidden.has(point) ? hidden.filter((each) => each !== point) : [...hidden, point])
                }
              />
              <span>{label}</span>
            </label>
            <button
              type="button"
              className={styles.only}
              aria-label={`Only ${label}`}
              onClick={() => only((each) => each === point)}
            >
              only
            </button>
          </span>
        ))
      ) : (
        <Stretch
          points={points}
          first={shown[0] ?? 0}
          last={shown.at(-1) ?? points.length - 1}
          onStretch={(first, last) => only((point) => point >= first && point <= last)}
        />
      )}
    </fieldset>
  )
}

function Stretch(props: {
  points: Plan['axes'][number]['points']
  first: number
  last: number
  onStretch: (first: number, last: number) => void
}) {
  const { points, first, last } = props
  const end = points.length - 1

  return (
    <>
      {(
        [
          ['From', first, (value: number) => props.onStretch(value, Math.max(value, last))],
          ['To', last, (value: number) => props.onStretch(Math.min(first, value), value)],
        ] as const
      ).map(([word, value, onChange]) => (
        <label key={word} className={styles.end}>
          <span>{word}</span>
          <input
            type="range"
            min={0}
            max={end}
            value={value}
            aria-valuetext={points[value]?.label}
            onChange={(event) => onChange(Number(event.target.value))}
          />
          <span className={styles.label}>{points[value]?.label}</span>
        </label>
      ))}
    </>
  )
}
