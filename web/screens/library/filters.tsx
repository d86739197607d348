'use client'

import { type RefObject, useEffect, useState } from 'react'
import type { LibraryShelves } from '#prisma'
import { Key } from '../../shell/key.tsx'
import { SearchField } from '../../shell/search-field.tsx'
import { type LibraryOrder, type LibraryState, libraryOrders, statusNames } from '../../wire/library.ts'
import type { StudyStatus } from '../../wire/study.ts'
import styles from './library-screen.module.css'

const typingMs = 250

/** What narrows the library: words and parameters, status, pack, tag; and its order. */
export function Filters(props: {
  field: RefObject<HTMLInputElement | null>
  state: LibraryState
  shelves: LibraryShelves
  go: (change: Partial<LibraryState>) => void
}) {
  const { state, shelves, go } = props
  const [text, setText] = useState(state.search)
  useEffect(() => {
    if (text === state.search) return
    const timer = setTimeout(() => go({ search: text }), typingMs)
    return () => clearTimeout(timer)
  })
  // Another search than the typed one came by the address: a link, or back.
  const [seen, setSeen] = useState(state.search)
  if (seen !== state.search) {
    setSeen(state.search)
    setText(state.search)
  }

  return (
    <div className={styles.head}>
      <h1 className={styles.heading}>{state.archived ? 'Archived' : 'Library'}</h1>
      <div className={styles.search}>
        <SearchField
          ref={props.field}
          label="Search studies"
          placeholder="Search words, or parameters: eta × steps"
          value={text}
          onChange={setText}
        />
      </div>
      <div className={styles.filters}>
        <Choice
          label="Status"
          all="Any status"
          value={state.status}
          options={(Object.keys(statusNames) as StudyStatus[]).flatMap((status) => {
            const count = shelves.statuses[status]
            return count ? [{ value: status, label: `${statusNames[status]} (${count})` }] : []
          })}
          onChange={(status) => go({ status: status as StudyStatus | null })}
        />
        {shelves.packs.length > 1 && (
          <Choice
            label="Pack"
            all="Any pack"
            value={state.pack}
            options={shelves.packs.map((value) => ({ value, label: value }))}
            onChange={(pack) => go({ pack })}
          />
        )}
        {shelves.tags.length > 0 && (
          <Choice
            label="Tag"
            all="Any tag"
            value={state.tag}
            options={shelves.tags.map((value) => ({ value, label: `#${value}` }))}
            onChange={(tag) => go({ tag })}
          />
        )}
        <Choice
          label="Order"
          value={state.order}
          options={Object.entries(libraryOrders).map(([value, label]) => ({ value, label }))}
          onChange={(order) => go({ order: order as LibraryOrder })}
        />
        <button
          type="button"
          className={styles.aside}
          aria-pressed={state.archived}
          onClick={() => go({ archived: !state.archived, status: null, pack: null, tag: null })}
        >
          Archived <Key>A</Key>
        </button>
      </div>
    </div>
  )
}

function Choice(props: {
  label: string
  /** What no choice is called; without it there is always one. */
  all?: string
  value: string | null
  options: readonly { value: string; label: string }[]
  onChange: (value: string | null) => void
}) {
  const held = props.value === null || props.options.some(({ value }) => value === props.value)

  return (
    <select
      aria-label={props.label}
      className={styles.choice}
      data-chosen={props.all !== undefined && props.value !== null}
      value={props.value ?? ''}
      onChange={(event) => props.onChange(event.target.value || null)}
    >
      {props.all && <option value="">{props.all}</option>}
      {!held && <option value={props.value!}>{props.value}</option>}
      {props.options.map(({ value, label }) => (
        <option key={value} value={value}>
          {label}
        </option>
      ))}
    </select>
  )
}
