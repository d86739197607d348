'use client'

import type { ReactNode } from 'react'
import type { Plan } from '#study'
import { Popover, PopoverItem } from '../../shell/popover.tsx'
import { type Place, places } from '../../state/view-url.ts'
import styles from './axis-strip.module.css'
import { placeChoices, placeNames } from './place-names.ts'
import { ShownValues } from './shown-values.tsx'

/** One axis: drag it to another place, or press it for all that can be done with it. */
export function AxisChip(props: {
  plan: Plan
  axis: number
  place: Place
  point: number
  hidden: readonly number[]
  onMove: (to: Place) => void
  onAt: (point: number) => void
  onHidden: (points: number[]) => void
  onDrag: (dragging: boolean) => void
  /** More at the end of what pressing it opens. */
  children: ReactNode
}) {
  const { axis, place, point, hidden } = props
  const { name, points } = props.plan.axes[axis]!
  const single = place === 'pages' || place === 'slider'
  const hiddenCount = hidden.length < points.length ? hidden.length : 0

  return (
    <span className={styles.chip} data-axis={axis}>
      <Popover
        className={styles.grip}
        draggable={{
          onDragStart: (event) => {
            event.dataTransfer.effectAllowed = 'move'
            event.dataTransfer.setData('text/plain', name)
            props.onDrag(true)
          },
          onDragEnd: () => props.onDrag(false),
        }}
        button={
          <>
            <span className={styles.mono}>{name}</span>
            {!single && (
              <span className={styles.count}>
                {hiddenCount > 0 ? `${points.length - hiddenCount} of ${points.length}` : points.length}
              </span>
            )}
            <span className="visually-hidden">
              {' '}
              values on {placeNames[place].toLowerCase()}, move or hide
            </span>
          </>
        }
      >
        {(close) => (
          <div className={styles.choices}>
            {places.map((to) => (
              <PopoverItem
                key={to}
                current={to === place}
                onClick={() => {
                  props.onMove(to)
                  close()
                }}
              >
                {placeChoices[to]}
              </PopoverItem>
            ))}
            {!single && points.length > 1 && (
              <ShownValues name={name} points={points} hidden={hidden} onHidden={props.onHidden} />
            )}
            {props.children}
          </div>
        )}
      </Popover>
      {place === 'slider' && (
        <label className={styles.slider}>
          <span className={styles.value}>{points[point]?.label}</span>
          <input
            type="range"
            aria-label={`${name}, value shown`}
            aria-valuetext={points[point]?.label}
            min={0}
            max={points.length - 1}
            value={point}
            onChange={(event) => props.onAt(Number(event.target.value))}
          />
          <span className={styles.count}>{points.length}</span>
        </label>
      )}
      {place === 'pages' && (
        <span className={styles.slider}>
          <button
            type="button"
            className={styles.turn}
            aria-label={`Page before, of ${name}`}
            disabled={point === 0}
            onClick={() => props.onAt(point - 1)}
          >
            ‹
          </button>
          <span className={styles.value} role="status">
            {points[point]?.label}
          </span>
          <button
            type="button"
            className={styles.turn}
            aria-label={`Page after, of ${name}`}
            disabled={point === points.length - 1}
            onClick={() => props.onAt(point + 1)}
          >
            ›
          </button>
          <span className={styles.count}>
            {point + 1} of {points.length}
          </span>
        </span>
      )}
    </span>
  )
}
