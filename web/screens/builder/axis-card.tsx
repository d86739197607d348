'use client'

import { axisToText } from '#study'
import styles from './axis-card.module.css'
import type { AxisState } from './draft.ts'
import { Marked } from './marked.tsx'

const mostShown = 60

/** One axis: where it lies, how it was typed (and can be typed anew), and the values that makes. */
export function AxisCard(props: {
  state: AxisState
  index: number
  count: number
  onEdit: (text: string) => void
  onRemove: () => void
  onMove: (to: number) => void
}) {
  const { state, index } = props
  const { axis, problem } = state
  const name = axis?.name ?? `Axis ${index + 1}`

  return (
    // biome-ignore lint/a11y/useSemanticElements: one of several like groups, not a landmark
    <div className={styles.card} role="group" aria-label={name} data-bad={problem !== null}>
      <div className={styles.head}>
        <span className={styles.place}>{placeName(index)}</span>
        <input
          className={styles.text}
          aria-label={`${name}, as typed`}
          aria-invalid={problem !== null}
          value={state.text}
          spellCheck={false}
          autoComplete="off"
          onChange={(event) => props.onEdit(event.target.value)}
        />
        {axis && axis.parameters.length > 1 && <span className={styles.linked}>linked</span>}
        <div className={styles.tools}>
          {index > 0 && (
            <button
              type="button"
              aria-label={index === 1 ? `Swap columns and rows` : `Move ${name} before the axis above`}
              title={index === 1 ? 'Swap columns and rows' : 'Move up'}
              onClick={() => props.onMove(index - 1)}
            >
              ↑
            </button>
          )}
          {index < props.count - 1 && (
            <button
              type="button"
              aria-label={`Move ${name} after the axis below`}
              title="Move down"
              onClick={() => props.onMove(index + 1)}
            >
              ↓
            </button>
          )}
          <button
            type="button"
            aria-label={`Remove the axis ${name}`}
            title="Remove"
            onClick={props.onRemove}
          >
            ×
          </button>
        </div>
      </div>
      {problem ? (
        <p className={styles.problem} role="alert">
          {problem.at !== undefined && <Marked text={state.text} at={problem.at} />}
          {problem.message}
        </p>
      ) : (
        <ul className={styles.values} aria-label="Values">
          {axis!.points.slice(0, mostShown).map((point, at) => (
            <li key={point.label}>
              {point.label}
              {axis!.points.length > 1 && (
                <button
                  type="button"
                  aria-label={`Take ${point.label} out`}
                  onClick={() =>
                    props.onEdit(axisToText({ ...axis!, points: axis!.points.toSpliced(at, 1) }))
                  }
                >
                  ×
                </button>
              )}
            </li>
          ))}
          {axis!.points.length > mostShown && <li>and {axis!.points.length - mostShown} more</li>}
        </ul>
      )}
    </div>
  )
}

const placeName = (index: number): string =>
  ['Columns', 'Rows'][index] ?? (index % 2 === 0 ? 'Rows' : 'Columns')
