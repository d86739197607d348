'use client'

import { useEffect, useRef, useState } from 'react'
import styles from './note.module.css'

const pauseMs = 700

/** A note that saves itself when one pauses, or leaves. */
export function Note({ value, onSave }: { value: string; onSave: (note: string) => void }) {
  const [text, setText] = useState(value)
  const saved = useRef(value)
  const latest = useRef({ text, onSave })
  latest.current = { text, onSave }

  const save = () => {
    const { text: now, onSave: keep } = latest.current
    if (now === saved.current) return
    saved.current = now
    keep(now)
  }

  // biome-ignore lint/correctness/useExhaustiveDependencies: the clock starts anew with every letter
  useEffect(() => {
    const timer = setTimeout(save, pauseMs)
    return () => clearTimeout(timer)
  }, [text])
  // biome-ignore lint/correctness/useExhaustiveDependencies: only when the panel moves on to another cell
  useEffect(() => save, [])

  return (
    <label className={styles.note}>
      <span className={styles.label}>Note</span>
      <textarea
        className={styles.text}
        rows={2}
        value={text}
        placeholder="What do you see?"
        onChange={(event) => setText(event.target.value)}
        onBlur={save}
      />
    </label>
  )
}
