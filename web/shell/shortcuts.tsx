'use client'

import dynamic from 'next/dynamic'
import { useEffect, useEffectEvent, useRef, useState } from 'react'
import { Key } from './key.tsx'
import styles from './shortcuts.module.css'

export type Shortcut = { keys: string; does: string; run: (event: KeyboardEvent) => void }

const asked = new EventTarget()
const Palette = dynamic(() => import('./palette.tsx'), { ssr: false })

/** Opens the list of shortcuts of the screen that is shown. */
export const openShortcuts = (): void => {
  asked.dispatchEvent(new Event('open'))
}

/** Opens the palette of all commands. */
export const openPalette = (): void => {
  asked.dispatchEvent(new Event('palette'))
}

const typing = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)) &&
  !(target instanceof HTMLInputElement && ['radio', 'checkbox', 'range'].includes(target.type))

/** Arrows belong to the slider or radio button that has the focus, Enter and Space to the button or link. */
const hasOwnUse = ({ key, target }: KeyboardEvent): boolean => {
  if (!(target instanceof HTMLElement)) return false
  if (key.startsWith('Arrow')) return target instanceof HTMLInputElement

  return (key === 'Enter' || key === ' ') && target.closest('button, a, summary, label, input') !== null
}

/** The keys of one screen: bound while it is mounted, never while someone types, and listed by `?`. */
export function Shortcuts({ list }: { list: readonly Shortcut[] }) {
  const dialog = useRef<HTMLDialogElement>(null)
  const [palette, setPalette] = useState(false)

  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.key.toLowerCase() === 'k' && (event.metaKey || event.ctrlKey)) {
      event.preventDefault()
      setPalette(true)
      return
    }
    if (event.metaKey || event.ctrlKey || event.altKey || event.defaultPrevented || typing(event.target))
      return
    if (event.key === '?') {
      event.preventDefault()
      dialog.current?.showModal()
      return
    }
    if (document.querySelector('dialog[open], [popover]:popover-open')) return
    if (hasOwnUse(event)) return
    const hit = list.find((shortcut) =>
      shortcut.keys.split(' ').includes(event.key === ' ' ? 'Space' : event.key),
    )
    if (!hit) return
    event.preventDefault()
    hit.run(event)
  })

  useEffect(() => {
    const key = (event: KeyboardEvent) => onKey(event)
    const open = () => dialog.current?.showModal()
    const openAll = () => setPalette(true)
    window.addEventListener('keydown', key)
    asked.addEventListener('open', open)
    asked.addEventListener('palette', openAll)
    return () => {
      window.removeEventListener('keydown', key)
      asked.removeEventListener('open', open)
      asked.removeEventListener('palette', openAll)
    }
  }, [])

  return (
    <>
      {palette && <Palette shortcuts={list} onClose={() => setPalette(false)} />}
      <dialog ref={dialog} className={styles.dialog} aria-label="Keyboard shortcuts" closedby="any">
        <h2 className={styles.title}>Keyboard</h2>
        <dl className={styles.list}>
          {[...list, ...ofAllScreens].map((shortcut) => (
            <div key={shortcut.keys} className={styles.row}>
              <dt>{shortcut.does}</dt>
              <dd>
                {shortcut.keys.split(' ').map((key) => (
                  <Key key={key}>{printed[key] ?? (key.length === 1 ? key.toUpperCase() : key)}</Key>
                ))}
              </dd>
            </div>
          ))}
        </dl>
      </dialog>
    </>
  )
}

const ofAllScreens = [
  { keys: 'Ctrl+K', does: 'Find a command, study or parameter' },
  { keys: '?', does: 'Show this list' },
  { keys: 'Esc', does: 'Close it' },
]

const printed: Record<string, string> = {
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  Enter: '↵',
  Escape: 'Esc',
  Esc: 'Esc',
}
