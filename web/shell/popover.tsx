'use client'

import { type ReactNode, useId, useRef } from 'react'
import styles from './popover.module.css'

/** A button and the small floating layer it opens below itself; closes on Escape and on a press elsewhere. */
export function Popover(props: {
  button: ReactNode
  /** Where what the button shows does not name it. */
  label?: string
  className?: string
  children: (close: () => void) => ReactNode
  /** Before it is seen, for what it shows to be fetched. */
  onOpen?: () => void
  draggable?: { onDragStart: (event: React.DragEvent) => void; onDragEnd: () => void }
}) {
  const id = useId()
  const button = useRef<HTMLButtonElement>(null)
  const layer = useRef<HTMLDivElement>(null)

  const place = () => {
    const at = button.current!.getBoundingClientRect()
    const { style, offsetWidth } = layer.current!
    style.top = `${at.bottom + 6}px`
    style.left = `${Math.max(8, Math.min(at.left, window.innerWidth - Math.max(offsetWidth, 200) - 8))}px`
  }

  return (
    <>
      <button
        ref={button}
        type="button"
        popoverTarget={id}
        className={props.className}
        aria-label={props.label}
        draggable={props.draggable !== undefined}
        onDragStart={props.draggable?.onDragStart}
        onDragEnd={props.draggable?.onDragEnd}
      >
        {props.button}
      </button>
      <div
        ref={layer}
        id={id}
        popover="auto"
        className={styles.layer}
        onToggle={(event) => {
          if (event.newState !== 'open') return
          place()
          props.onOpen?.()
        }}
      >
        {props.children(() => layer.current?.hidePopover())}
      </div>
    </>
  )
}

export const PopoverItem = (props: {
  onClick: () => void
  current?: boolean
  title?: string
  children: ReactNode
}) => (
  <button
    type="button"
    className={styles.item}
    title={props.title}
    aria-pressed={props.current}
    onClick={props.onClick}
  >
    {props.children}
  </button>
)
