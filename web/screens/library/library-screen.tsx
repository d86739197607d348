'use client'

import Link from 'next/link'
import { useRouter, useSearchParams } from 'next/navigation'
import { useEffect, useRef, useState } from 'react'
import { ButtonLink } from '../../shell/button.tsx'
import { Key } from '../../shell/key.tsx'
import { Shortcuts } from '../../shell/shortcuts.tsx'
import { TopBar } from '../../shell/top-bar.tsx'
import type { WireSummary } from '../../wire/study.ts'
import type { WireTemplate } from '../../wire/template.ts'
import styles from './library-screen.module.css'
import { StudyCard } from './study-card.tsx'

const againMs = 4_000
const typingMs = 250

/** Every study as its small sheet; those that develop do so here too. */
export function LibraryScreen(props: { studies: WireSummary[]; templates: WireTemplate[]; search: string }) {
  const { studies, templates, search } = props
  const router = useRouter()
  const params = useSearchParams()
  const [text, setText] = useState(search)
  const field = useRef<HTMLInputElement>(null)
  const developing = studies.some((study) => study.status === 'running')

  useEffect(() => {
    const timer = setInterval(() => !document.hidden && router.refresh(), developing ? againMs : againMs * 4)
    return () => clearInterval(timer)
  }, [developing, router])
  useEffect(() => {
    if (text === (params.get('q') ?? '')) return
    const timer = setTimeout(() => router.replace(text ? `/?q=${encodeURIComponent(text)}` : '/'), typingMs)
    return () => clearTimeout(timer)
  }, [text, params, router])

  const empty = studies.length === 0 && search === ''

  return (
    <>
      <TopBar
        actions={
          <ButtonLink href="/new" kind="primary" shortcut="N">
            New study
          </ButtonLink>
        }
      />
      <main className={styles.main}>
        {empty ? (
          <Welcome />
        ) : (
          <>
            <div className={styles.head}>
              <h1 className={styles.heading}>Library</h1>
              <label className={styles.search}>
                <span className="visually-hidden">Search studies</span>
                <input
                  ref={field}
                  type="search"
                  value={text}
                  placeholder="Search titles, prompts, parameters"
                  onChange={(event) => setText(event.target.value)}
                />
                <Key>/</Key>
              </label>
            </div>
            {studies.length === 0 ? (
              <p className={styles.nothing}>No study has all of these words.</p>
            ) : (
              <ul className={styles.cards}>
                {studies.map((study) => (
                  <StudyCard key={study.id} study={study} />
                ))}
              </ul>
            )}
          </>
        )}
        {search === '' && templates.length > 0 && <Templates templates={templates} first={empty} />}
      </main>
      <Shortcuts
        list={[
          { keys: 'n', does: 'New study', run: () => router.push('/new') },
          { keys: '/', does: 'Search', run: () => field.current?.focus() },
        ]}
      />
    </>
  )
}

/** A test strip's own look: exposed less and less, across and down. */
const ghost = Array.from({ length: 20 }, (_, place) => ({
  place,
  opacity: 0.25 + 0.75 * (1 - (place % 5) / 5) * (1 - Math.floor(place / 5) / 6),
}))

/** What could be here: a sheet that waits for its first exposure. */
function Welcome() {
  return (
    <section className={styles.welcome}>
      <div className={styles.ghost} aria-hidden="true">
        {ghost.map(({ place, opacity }) => (
          <span key={place} style={{ opacity }} />
        ))}
      </div>
      <div>
        <h1 className={styles.hello}>What does a setting do to your picture?</h1>
        <p className={styles.says}>
          Choose a few parameters, render the whole grid, read the chart. Start from a template below, or from
          an empty sheet.
        </p>
        <ButtonLink href="/new?template=guidance-by-eta" kind="primary">
          Make the first test strip
        </ButtonLink>
      </div>
    </section>
  )
}

function Templates({ templates, first }: { templates: WireTemplate[]; first: boolean }) {
  return (
    <section className={styles.templates} data-first={first}>
      <h2 className={styles.label}>Start from a template</h2>
      <ul className={styles.list}>
        {templates.map((template) => (
          <li key={template.id}>
            <Link href={`/new?template=${template.id}`} className={styles.template}>
              <svg className={styles.shape} aria-hidden="true" viewBox="0 0 62 32" width="62" height="32">
                {tilesOf(template.shape).map(({ column, row }) => (
                  <rect key={`${column} ${row}`} x={column * 8} y={row * 8} width="6" height="6" rx="1" />
                ))}
              </svg>
              <span>
                <b>{template.title}</b>
                <span className={styles.says}>{template.says}</span>
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  )
}

const tilesOf = ([columns, rows]: [number, number]): { column: number; row: number }[] =>
  Array.from({ length: columns * rows }, (_, index) => ({
    column: index % columns,
    row: Math.floor(index / columns),
  }))
