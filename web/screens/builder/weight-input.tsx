'use client'

import { TypedInput } from './typed-input.tsx'
import styles from './weight-input.module.css'

/** The weight of a prompt: text as it is typed, so that `1.50` stays, but always a number. */
export function WeightInput(props: {
  id: string
  label: string
  weight: string
  disabled?: boolean
  describedBy: string
  onWeight: (weight: string) => void
}) {
  return (
    <span className={styles.weight}>
      <label htmlFor={props.id} className="visually-hidden">
        {props.label}
      </label>
      <TypedInput
        id={props.id}
        text={props.weight}
        numeric
        disabled={props.disabled ?? false}
        describedBy={props.describedBy}
        className={styles.input}
        onText={(typed) => {
          const text = typed.trim().replace('−', '-')
          if (text === '' || !Number.isFinite(Number(text))) return 'A weight is a number, like 2 or -0.5.'
          props.onWeight(text)
          return null
        }}
      />
    </span>
  )
}
