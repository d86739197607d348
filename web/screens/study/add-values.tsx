'use client'

import { useRouter } from 'next/navigation'
import { type FormEvent, useId, useState } from 'react'
import type { Axis, StudyFile } from '#study'
import { Button } from '../../shell/button.tsx'
import { call, Refused } from '../../wire/call.ts'
import styles from './add-values.module.css'
import { withValues } from './with-values.ts'

/** Makes an axis longer while the study runs; what is rendered already stays. */
export function AddValues(props: { file: StudyFile; axes: readonly Axis[]; axis: number; address: string }) {
  const { file, axes, axis } = props
  const router = useRouter()
  const field = useId()
  const [text, setText] = useState('')
  const [failure, setFailure] = useState<string | null>(null)

  const add = async (event: FormEvent) => {
    event.preventDefault()
    const longer = withValues(axes[axis]!, text)
    if (typeof longer === 'string') return setFailure(longer)
    try {
      await call(`${props.address}/extend`, { body: { axes: file.axes.with(axis, longer) } })
      setText('')
      setFailure(null)
      router.refresh()
    } catch (error) {
      setFailure(error instanceof Refused ? error.message : String(error))
    }
  }

  return (
    <form className={styles.form} onSubmit={add}>
      <label htmlFor={field} className={styles.label}>
        Add values
      </label>
      <span className={styles.line}>
        <input
          id={field}
          className={styles.input}
          value={text}
          placeholder="0.3, 0.7"
          onChange={(event) => setText(event.target.value)}
        />
        <Button type="submit" disabled={text.trim() === ''}>
          Add
        </Button>
      </span>
      {failure && (
        <p className={styles.failure} role="alert">
          {failure}
        </p>
      )}
    </form>
  )
}
