import { Button, ButtonLink } from '../../shell/button.tsx'
import type { WireMark } from '../../wire/study.ts'
import styles from './selection-bar.module.css'
import { Stars } from './stars.tsx'

/** What can be done with the cells that are picked. */
export function SelectionBar(props: {
  count: number
  failed: number
  /** The link of the page cannot carry them all. */
  tooMany: boolean
  compareUrl: string | null
  onMark: (mark: Partial<WireMark>) => void
  onRetry: () => void
  onSkip: () => void
  onClear: () => void
}) {
  const { count, onMark } = props

  return (
    <section className={styles.bar} aria-label="Picked cells">
      <p className={styles.count} role="status">
        <b>{count}</b> picked{props.tooMany && <span>, too many to be kept in the link</span>}
      </p>
      {props.compareUrl && (
        <ButtonLink href={props.compareUrl} shortcut="C">
          Compare
        </ButtonLink>
      )}
      <Stars value={null} onChange={(rating) => onMark({ rating })} />
      <Button shortcut="S" onClick={() => onMark({ mark: 'star' })}>
        Star
      </Button>
      <Button shortcut="X" onClick={() => onMark({ mark: 'reject' })}>
        Reject
      </Button>
      <Button onClick={() => onMark({ mark: null, rating: null })}>Unmark</Button>
      {props.failed > 0 && <Button onClick={props.onRetry}>Retry {props.failed} failed</Button>}
      <Button onClick={props.onSkip}>Skip</Button>
      <Button kind="quiet" shortcut="Esc" onClick={props.onClear}>
        Clear
      </Button>
    </section>
  )
}
