'use client'

import { useRef, useState } from 'react'
import type { PackInfo } from '#study'
import { AxisCard } from './axis-card.tsx'
import styles from './axis-list.module.css'
import type { AxisState, Change } from './draft.ts'
import type { Place } from './places.ts'
import { targetOf } from './reorder.ts'

/** The axes in their order, to be dragged by their handles or moved with the arrow keys. */
export function AxisList(props: {
  axes: readonly AxisState[]
  keys: readonly number[]
  places: readonly Place[]
  pack: PackInfo
  taken: ReadonlyMap<string, number>
  onChange: (change: Change) => void
}) {
  const { axes } = props
  const list = useRef<HTMLDivElement>(null)
  const grabbed = useRef<{ index: number; y: number; middles: number[] } | null>(null)
  const [drag, setDrag] = useState<{ index: number; by: number; to: number } | null>(null)
  const [said, setSaid] = useState('')

  const move = (from: number, to: number) => {
    if (to < 0 || to >= axes.length || to === from) return
    props.onChange({ kind: 'move axis', from, to })
    setSaid(`${axes[from]!.axis?.name ?? 'The axis'} is now axis ${to + 1} of ${axes.length}`)
  }
  const handle = (index: number) => ({
    onPointerDown: (event: React.PointerEvent<HTMLElement>) => {
      if (event.button !== 0) return
      event.currentTarget.setPointerCapture(event.pointerId)
      const boxes = [...list.current!.querySelectorAll('[data-axis]')].map((card) =>
        card.getBoundingClientRect(),
      )
      grabbed.current = { index, y: event.clientY, middles: boxes.map((box) => box.top + box.height / 2) }
    },
    onPointerMove: (event: React.PointerEvent<HTMLElement>) => {
      const from = grabbed.current
      if (!from) return
      const by = event.clientY - from.y
      setDrag({ index, by, to: targetOf(from.middles, from.index, by) })
    },
    onPointerUp: () => {
      if (drag && grabbed.current) move(grabbed.current.index, drag.to)
      grabbed.current = null
      setDrag(null)
    },
    onPointerCancel: () => {
      grabbed.current = null
      setDrag(null)
    },
  })

  return (
    <div ref={list} className={styles.list}>
      {axes.map((state, index) => (
        <div key={props.keys[index]} data-axis className={styles.slot} data-line={lineAt(drag, index)}>
          <AxisCard
            state={state}
            index={index}
            count={axes.length}
            place={props.places[index]!}
            pack={props.pack}
            taken={props.taken}
            lifted={drag?.index === index ? drag.by : null}
            handle={handle(index)}
            onEdit={(text) => props.onChange({ kind: 'edit axis', index, text })}
            onRemove={() => props.onChange({ kind: 'remove axis', index })}
            onMove={(to) => move(index, to)}
            onPlace={(to) => props.onChange({ kind: 'place axis', index, to })}
          />
        </div>
      ))}
      <p className="visually-hidden" role="status">
        {said}
      </p>
    </div>
  )
}

/** Where the line is drawn that says where the axis would go. */
function lineAt(drag: { index: number; to: number } | null, index: number): 'above' | 'below' | undefined {
  if (!drag || drag.to !== index || drag.to === drag.index) return undefined

  return drag.to < drag.index ? 'above' : 'below'
}
