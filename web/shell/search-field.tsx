import type { Ref } from 'react'
import { Key } from './key.tsx'
import styles from './search-field.module.css'

/** A field one searches in, reached by `/`. */
export function SearchField(props: {
  ref?: Ref<HTMLInputElement>
  label: string
  placeholder: string
  value: string
  onChange: (value: string) => void
}) {
  return (
    <label className={styles.field}>
      <span className="visually-hidden">{props.label}</span>
      <input
        ref={props.ref}
        type="search"
        value={props.value}
        placeholder={props.placeholder}
        spellCheck={false}
        onChange={(event) => props.onChange(event.target.value)}
      />
      <Key>/</Key>
    </label>
  )
}
