import { parseSchedule } from '#study'
import styles from './schedule-line.module.css'

const width = 200
const height = 22

/** The course of a schedule over a run, from noise on the left to picture on the right: press it to draw there. */
export function ScheduleLine(props: { name: string; text: string; isOpen: boolean; onToggle: () => void }) {
  const parsed = parseSchedule(props.text)
  if (!parsed.ok) return null
  const most = Math.max(...parsed.runs.map(([value]) => value), 1e-9)
  const least = Math.min(0, ...parsed.runs.map(([value]) => value))
  let unit = 0
  const path = parsed.runs.map(([value, count]) => {
    const from = (unit / 1000) * width
    unit += count
    const y = height - 1 - ((value - least) / (most - least)) * (height - 3)
    return `${from.toFixed(1)},${y.toFixed(1)} ${((unit / 1000) * width).toFixed(1)},${y.toFixed(1)}`
  })

  return (
    <button
      type="button"
      className={styles.toggle}
      aria-expanded={props.isOpen}
      aria-label={`${props.isOpen ? 'Close' : 'Draw'} ${props.name}`}
      onClick={props.onToggle}
    >
      <svg viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" aria-hidden="true">
        <polyline points={path.join(' ')} />
      </svg>
      <span>{props.isOpen ? 'Close' : 'Draw'}</span>
    </button>
  )
}
