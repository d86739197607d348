'use client'

import { useEffect, useRef, useState } from 'react'
import styles from './typed-input.module.css'

/**
 * A text field over a value that is not text: what is being typed may be unsound for a moment, so it is kept here
 * and only sound values are passed on. `onText` answers with what is wrong, or null. A value that changes by other
 * means, such as undo, replaces what was typed.
 */
export function TypedInput(props: {
  id: string
  text: string
  numeric: boolean
  disabled: boolean
  describedBy: string
  className?: string
  onText: (text: string) => string | null
}) {
  const [typing, setTyping] = useState<string | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const shown = useRef(props.text)
  const isOwnChange = useRef(false)

  const settle = () => {
    setTyping(null)
    setProblem(null)
  }
  useEffect(() => {
    const isOutside = shown.current !== props.text && !isOwnChange.current
    shown.current = props.text
    isOwnChange.current = false
    if (isOutside && typing !== null) settle()
  })

  return (
    <>
      <input
        id={props.id}
        className={[styles.input, props.className].filter(Boolean).join(' ')}
        value={typing ?? props.text}
        inputMode={props.numeric ? 'decimal' : undefined}
        disabled={props.disabled}
        spellCheck={false}
        autoComplete="off"
        aria-invalid={problem !== null}
        aria-describedby={props.describedBy}
        onChange={(event) => {
          isOwnChange.current = true
          setTyping(event.target.value)
          setProblem(props.onText(event.target.value))
        }}
        onBlur={settle}
      />
      {problem && (
        <span className={styles.problem} role="alert">
          {problem}
        </span>
      )}
    </>
  )
}
