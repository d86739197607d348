'use client'

import { type DragEvent, type ReactNode, useState } from 'react'
import type { Plan } from '#study'
import { moveAxis, places as order, type Place, type Places, swapPlaces } from '../../state/view-url.ts'
import { AxisChip } from './axis-chip.tsx'
import styles from './axis-strip.module.css'
import { placeNames } from './place-names.ts'

/** Where the axes lie, as chips to drag or press, and beside them how the cells are shown. */
export function AxisStrip(props: {
  plan: Plan
  places: Places
  at: Record<number, number>
  hidden: Record<number, number[]>
  onPlaces: (places: Places) => void
  onAt: (axis: number, point: number) => void
  onHidden: (axis: number, points: number[]) => void
  onExtend: (axis: number) => ReactNode
  children: ReactNode
}) {
  const { places } = props
  const [dragged, setDragged] = useState<number | null>(null)
  const drop = (place: Place) => (event: DragEvent<HTMLElement>) => {
    event.preventDefault()
    if (dragged !== null) props.onPlaces(moveAxis(places, dragged, place, dropIndex(event)))
    setDragged(null)
  }

  return (
    <section className={styles.strip} aria-label="Axes, and how cells are shown">
      {order.map((place) => {
        const empty = places[place].length === 0
        if (empty && dragged === null) return null
        return (
          // biome-ignore lint/a11y/useSemanticElements: a group of chips, not of form fields
          <div
            key={place}
            role="group"
            aria-label={placeNames[place]}
            className={styles.place}
            data-open={dragged !== null}
            onDragOver={(event) => dragged !== null && event.preventDefault()}
            onDrop={drop(place)}
          >
            <span className={styles.name}>{placeNames[place]}</span>
            {places[place].map((axis) => (
              <AxisChip
                key={axis}
                plan={props.plan}
                axis={axis}
                place={place}
                point={props.at[axis] ?? 0}
                hidden={props.hidden[axis] ?? []}
                onMove={(to) => props.onPlaces(moveAxis(places, axis, to))}
                onAt={(point) => props.onAt(axis, point)}
                onHidden={(points) => props.onHidden(axis, points)}
                onDrag={(on) => setDragged(on ? axis : null)}
              >
                {props.onExtend(axis)}
              </AxisChip>
            ))}
            {empty && <span className={styles.here}>drop here</span>}
          </div>
        )
      })}
      {places.columns.length + places.rows.length > 1 && (
        <button
          type="button"
          className={styles.swap}
          aria-keyshortcuts="t"
          onClick={() => props.onPlaces(swapPlaces(places))}
        >
          Swap
        </button>
      )}
      <div className={styles.aside}>{props.children}</div>
    </section>
  )
}

/** Before which chip of the group the pointer let go. */
function dropIndex(event: DragEvent<HTMLElement>): number | undefined {
  const chips = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-axis]')]
  const index = chips.findIndex((chip) => {
    const { left, width } = chip.getBoundingClientRect()
    return event.clientX < left + width / 2
  })

  return index === -1 ? undefined : index
}
