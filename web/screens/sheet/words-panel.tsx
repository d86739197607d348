'use client'

import { useEffect, useState } from 'react'
import type { SheetQuery } from '../../wire/sheet-query.ts'
import type { Say } from './design.ts'
import styles from './panel.module.css'

/** The words of a person on the sheet; left empty, the study speaks for itself. */
export function WordsPanel({ query, title, say }: { query: SheetQuery; title: string; say: Say }) {
  return (
    <section className={styles.section}>
      <h2 className={styles.heading}>Words</h2>
      <Line name="title" label="Title" value={query.title} placeholder={title} say={say} />
      <Line
        name="subtitle"
        label="Subtitle"
        value={query.subtitle}
        placeholder="Prompt, seed and pack"
        say={say}
      />
      <Line name="author" label="Author" value={query.author} placeholder="Nobody" say={say} />
      <Line
        name="licence"
        label="Licence"
        value={query.licence}
        placeholder="None, such as CC BY 4.0"
        say={say}
      />
    </section>
  )
}

const typingMs = 250

/** A line of words; the sheet follows when the typing pauses. */
function Line(props: {
  name: string
  label: string
  value: string | undefined
  placeholder: string
  say: Say
}) {
  const { name, label, value = '', placeholder, say } = props
  const [text, setText] = useState(value)
  useEffect(() => {
    if (text === value) return
    const timer = setTimeout(() => say({ [name]: text.trim() === '' ? null : text }), typingMs)
    return () => clearTimeout(timer)
  }, [text, value, name, say])

  return (
    <label className={styles.field}>
      <span className={styles.label}>{label}</span>
      <input
        className={styles.input}
        value={text}
        placeholder={placeholder}
        maxLength={300}
        onChange={({ target }) => setText(target.value)}
      />
    </label>
  )
}
