'use client'

import { type DragEvent, useState } from 'react'
import type { Plan } from '#study'
import { Popover, PopoverItem } from '../../shell/popover.tsx'
import { moveAxis, type Place, type Places, sizes, swapPlaces } from '../../state/view-url.ts'
import styles from './axis-strip.module.css'

const placeNames: Record<Place, string> = { columns: 'Columns', rows: 'Rows', pages: 'Page' }
const order: readonly Place[] = ['columns', 'rows', 'pages']

/** Where the axes lie, as chips to drag or press, and how large the cells are. */
export function AxisStrip(props: {
  plan: Plan
  places: Places
  at: Record<number, number>
  size: number
  fitted: boolean
  aside?: string
  onPlaces: (places: Places) => void
  onAt: (axis: number, point: number) => void
  onSize: (size: number | null) => void
}) {
  const { places } = props
  const [dragged, setDragged] = useState<number | null>(null)

  return (
    <section className={styles.strip} aria-label="Axes and cell size">
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
            onDrop={(event) => {
              event.preventDefault()
              if (dragged !== null) props.onPlaces(moveAxis(places, dragged, place, dropIndex(event)))
              setDragged(null)
            }}
          >
            <span className={styles.name}>{placeNames[place]}</span>
            {places[place].map((axis) => (
              <Chip
                key={axis}
                {...props}
                axis={axis}
                place={place}
                onDrag={(on) => setDragged(on ? axis : null)}
              />
            ))}
            {empty && <span className={styles.here}>drop here</span>}
          </div>
        )
      })}
      {places.columns.length + places.rows.length > 1 && (
        <button type="button" className={styles.swap} onClick={() => props.onPlaces(swapPlaces(places))}>
          Swap
        </button>
      )}
      <div className={styles.aside}>
        {props.aside && <span>{props.aside}</span>}
        <Popover
          className={styles.size}
          button={
            <span className={styles.mono}>
              <span className="visually-hidden">Cell size </span>
              {props.size} px
            </span>
          }
        >
          {() => (
            <div className={styles.sizer}>
              <input
                type="range"
                aria-label="Cell size in pixels"
                min={sizes.least}
                max={sizes.most}
                value={props.size}
                onChange={(event) => props.onSize(Number(event.target.value))}
              />
              <PopoverItem current={props.fitted} onClick={() => props.onSize(null)}>
                Fit the window
              </PopoverItem>
            </div>
          )}
        </Popover>
      </div>
    </section>
  )
}

function Chip(props: {
  plan: Plan
  places: Places
  at: Record<number, number>
  axis: number
  place: Place
  onPlaces: (places: Places) => void
  onAt: (axis: number, point: number) => void
  onDrag: (dragging: boolean) => void
}) {
  const { plan, places, axis, place } = props
  const { name, points } = plan.axes[axis]!
  const point = props.at[axis] ?? 0
  const onPage = place === 'pages'

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
            {!onPage && <span className={styles.count}>{points.length}</span>}
            <span className="visually-hidden"> values on {placeNames[place].toLowerCase()}, move</span>
          </>
        }
      >
        {(close) =>
          order.map((to) => (
            <PopoverItem
              key={to}
              current={to === place}
              onClick={() => {
                props.onPlaces(moveAxis(places, axis, to))
                close()
              }}
            >
              {to === 'pages' ? 'One at a time' : `On ${placeNames[to].toLowerCase()}`}
            </PopoverItem>
          ))
        }
      </Popover>
      {onPage && (
        <label className={styles.slider}>
          <span className={styles.value}>{points[point]?.label}</span>
          <input
            type="range"
            aria-label={`${name}, value shown`}
            aria-valuetext={points[point]?.label}
            min={0}
            max={points.length - 1}
            value={point}
            onChange={(event) => props.onAt(axis, Number(event.target.value))}
          />
          <span className={styles.count}>{points.length}</span>
        </label>
      )}
    </span>
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
