'use client'

import { useRouter } from 'next/navigation'
import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from 'react'
import { parameters } from '#study'
import { call } from '../wire/call.ts'
import { Key } from './key.tsx'
import styles from './palette.module.css'
import { findItems, grouped, type PaletteItem } from './palette-items.ts'
import type { Shortcut } from './shortcuts.tsx'

const pages = [
  { label: 'Library', href: '/', words: 'studies home start' },
  { label: 'New study', href: '/new', words: 'builder create' },
  { label: 'Gallery', href: '/gallery', words: 'parameters guide examples EZ charts' },
  { label: 'Fleet', href: '/fleet', words: 'devices workers machines' },
  { label: 'Packs', href: '/packs', words: 'models networks checkpoints' },
]

/** Everything one can do or go to from here, by typing a few letters of it. */
export default function Palette({
  shortcuts,
  onClose,
}: {
  shortcuts: readonly Shortcut[]
  onClose: () => void
}) {
  const router = useRouter()
  const id = useId()
  const dialog = useRef<HTMLDialogElement>(null)
  const [search, setSearch] = useState('')
  const [current, setCurrent] = useState(0)
  const studies = useStudies()

  useEffect(() => dialog.current?.showModal(), [])

  const items = useMemo<PaletteItem[]>(() => {
    const to = (href: string) => () => router.push(href)

    return [
      ...shortcuts.map(({ does, keys, run }) => ({
        group: 'Here',
        label: does,
        keys: keys.split(' ')[0],
        run: () => run(new window.KeyboardEvent('keydown', { key: keys.split(' ')[0] })),
      })),
      ...pages.map(({ label, href, words }) => ({ group: 'Go to', label, words, run: to(href) })),
      ...studies.map(({ id: study, title }) => ({
        group: 'Studies',
        label: title,
        run: to(`/studies/${study}`),
      })),
      ...parameters.map(({ name, group, help, aliases }) => ({
        group: 'Parameters',
        label: name,
        words: `${group} ${help} ${aliases.join(' ')}`,
        run: to(`/gallery/${name}`),
      })),
    ]
  }, [shortcuts, studies, router])
  const found = findItems(items, search)
  const chosen = Math.min(current, found.length - 1)

  const choose = (item: PaletteItem | undefined) => {
    if (!item) return
    dialog.current?.close()
    item.run()
  }
  const onKey = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step) setCurrent((chosen + step + found.length) % Math.max(1, found.length))
    else if (event.key === 'Enter') choose(found[chosen])
    else return
    event.preventDefault()
  }

  return (
    <dialog ref={dialog} className={styles.dialog} aria-label="Commands" closedby="any" onClose={onClose}>
      <input
        className={styles.search}
        role="combobox"
        aria-expanded="true"
        aria-controls={id}
        aria-activedescendant={found[chosen] && `${id}-${chosen}`}
        aria-label="Find a command, study or parameter"
        placeholder="Find a command, study or parameter"
        autoComplete="off"
        spellCheck={false}
        value={search}
        onChange={(event) => {
          setSearch(event.target.value)
          setCurrent(0)
        }}
        onKeyDown={onKey}
      />
      <div id={id} role="listbox" aria-label="Found" className={styles.list} tabIndex={-1}>
        {grouped(found).map(([group, members]) => (
          // biome-ignore lint/a11y/useSemanticElements: a group of options, not of form fields
          <div key={group} role="group" aria-label={group}>
            <p className={styles.group} aria-hidden="true">
              {group}
            </p>
            {members.map((item) => {
              const place = found.indexOf(item)

              return (
                // biome-ignore lint/a11y/useKeyWithClickEvents: the keyboard is the field's
                <div
                  key={`${item.label} ${place}`}
                  id={`${id}-${place}`}
                  role="option"
                  aria-selected={place === chosen}
                  tabIndex={-1}
                  className={styles.item}
                  ref={place === chosen ? intoView : undefined}
                  onClick={() => choose(item)}
                  onPointerMove={() => setCurrent(place)}
                >
                  <span className={styles.label}>{item.label}</span>
                  {item.keys && <Key>{item.keys.length === 1 ? item.keys.toUpperCase() : item.keys}</Key>}
                </div>
              )
            })}
          </div>
        ))}
        {found.length === 0 && <p className={styles.nothing}>Nothing here has these words.</p>}
      </div>
    </dialog>
  )
}

const intoView = (item: HTMLElement | null) => item?.scrollIntoView({ block: 'nearest' })

/** Titles of all studies; none while the server does not answer, for the rest works without it. */
function useStudies(): { id: string; title: string }[] {
  const [studies, setStudies] = useState<{ id: string; title: string }[]>([])
  useEffect(() => {
    const left = new AbortController()
    call<{ studies: { id: string; title: string }[] }>('/api/studies', { signal: left.signal }).then(
      (answer) => setStudies(answer.studies),
      () => {},
    )
    return () => left.abort()
  }, [])

  return studies
}
