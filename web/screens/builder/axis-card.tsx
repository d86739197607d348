'use client'

import type { HTMLAttributes } from 'react'
import { axisToText, type PackInfo, parameters } from '#study'
import { Popover, PopoverItem } from '../../shell/popover.tsx'
import styles from './axis-card.module.css'
import { canLink, linkedText } from './compose-axis.ts'
import type { AxisState } from './draft.ts'
import { Marked } from './marked.tsx'
import { type Place, placeNames } from './places.ts'
import { asLine } from './prompt-text.ts'
import { RemoveButton } from './remove-button.tsx'

const mostShown = 60

/** One axis: where it lies, how it was typed (and can be typed anew), and the values that makes. */
export function AxisCard(props: {
  state: AxisState
  index: number
  count: number
  place: Place
  pack: PackInfo
  taken: ReadonlyMap<string, number>
  /** Carried along by the pointer, by so many pixels. */
  lifted: number | null
  handle: Pick<
    HTMLAttributes<HTMLElement>,
    'onPointerDown' | 'onPointerMove' | 'onPointerUp' | 'onPointerCancel'
  >
  onEdit: (text: string) => void
  onRemove: () => void
  onMove: (to: number) => void
  onPlace: (to: Place) => void
}) {
  const { state, index } = props
  const { axis, problem } = state
  const name = axis?.name ?? `Axis ${index + 1}`
  const linkable = axis
    ? parameters.filter((each) => canLink(each, axis.points.length) && !props.taken.has(each.name))
    : []

  return (
    // biome-ignore lint/a11y/useSemanticElements: one of several like groups, not a landmark
    <div
      className={styles.card}
      role="group"
      aria-label={name}
      data-bad={problem !== null}
      data-lifted={props.lifted !== null}
      style={props.lifted === null ? undefined : { translate: `0 ${props.lifted}px` }}
    >
      <div className={styles.head}>
        <button
          type="button"
          className={styles.handle}
          aria-label={`Move ${name}: axis ${index + 1} of ${props.count}`}
          title="Drag, or move with the arrow keys"
          onKeyDown={(event) => {
            const by = { ArrowUp: -1, ArrowDown: 1 }[event.key]
            if (by === undefined) return
            event.preventDefault()
            props.onMove(index + by)
          }}
          {...props.handle}
        >
          <svg viewBox="0 0 8 14" width="8" height="14" aria-hidden="true">
            {[2, 7, 12].flatMap((y) =>
              [1.5, 6.5].map((x) => <circle key={`${x} ${y}`} cx={x} cy={y} r="1.1" />),
            )}
          </svg>
        </button>
        <select
          className={styles.place}
          aria-label={`Where ${name} lies`}
          value={props.place}
          onChange={(event) => props.onPlace(event.target.value as Place)}
        >
          {placeNames.map((place) => (
            <option key={place} value={place}>
              {placeWords[place]}
            </option>
          ))}
        </select>
        <input
          className={styles.text}
          aria-label={`${name}, as typed`}
          aria-invalid={problem !== null}
          value={state.text}
          spellCheck={false}
          autoComplete="off"
          onChange={(event) => props.onEdit(asLine(event.target.value))}
        />
        {axis && axis.parameters.length > 1 && axis.name.includes('&') && (
          <span className={styles.linked}>linked</span>
        )}
        {linkable.length > 0 && axis && axis.points.length > 1 && (
          <Popover button="Link" label={`Link a parameter to ${name}`} className={styles.link}>
            {(close) => (
              <div className={styles.linkable}>
                {linkable.map((parameter) => (
                  <PopoverItem
                    key={parameter.name}
                    onClick={() => {
                      props.onEdit(
                        linkedText(axis, parameter, props.pack.usual[parameter.name] ?? parameter.usual),
                      )
                      close()
                    }}
                  >
                    <code>{parameter.name}</code>
                  </PopoverItem>
                ))}
              </div>
            )}
          </Popover>
        )}
        <RemoveButton label={`Remove the axis ${name}`} onClick={props.onRemove} />
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

const placeWords: Record<Place, string> = {
  columns: 'Columns',
  rows: 'Rows',
  groups: 'Groups',
  pages: 'Pages',
  slider: 'Slider',
}
