'use client'

import { type ReactNode, useEffect, useRef } from 'react'
import styles from './ask-first.module.css'
import { Button } from './button.tsx'

/** Something that cannot be undone, or a small form: a question with its answer and a way out. Shown while mounted. */
export function AskFirst(props: {
  title: string
  children: ReactNode
  /** The verb on the button. */
  answer: string
  bad?: boolean
  onAnswer: () => void
  onClose: () => void
}) {
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => dialog.current?.showModal(), [])

  return (
    <dialog
      ref={dialog}
      className={styles.dialog}
      aria-label={props.title}
      closedby="any"
      onClose={props.onClose}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault()
          props.onAnswer()
          dialog.current?.close()
        }}
      >
        <h2 className={styles.title}>{props.title}</h2>
        <div className={styles.body}>{props.children}</div>
        <div className={styles.actions}>
          <Button kind="quiet" onClick={() => dialog.current?.close()}>
            Cancel
          </Button>
          <Button kind="primary" type="submit" data-bad={props.bad}>
            {props.answer}
          </Button>
        </div>
      </form>
    </dialog>
  )
}
