'use client'

import Link from 'next/link'
import { useId } from 'react'
import { HealthList, useHealth } from './health.tsx'
import styles from './menu.module.css'
import { openPalette, openShortcuts } from './shortcuts.tsx'
import { ThemeChoice } from './theme-choice.tsx'

/** Everything that is about Teststrip rather than about this study, behind one quiet button. */
export function Menu() {
  const id = useId()
  const health = useHealth()
  const broken = health !== null && !health.ok

  return (
    <>
      <button
        type="button"
        className={styles.button}
        popoverTarget={id}
        aria-label={broken ? 'Menu, something is down' : 'Menu'}
      >
        <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
          <circle cx="3" cy="8" r="1.4" />
          <circle cx="8" cy="8" r="1.4" />
          <circle cx="13" cy="8" r="1.4" />
        </svg>
        {broken && <span className={styles.alarm} />}
      </button>
      <div id={id} popover="auto" className={styles.menu}>
        <section>
          <h2 className={styles.label}>Look</h2>
          <ThemeChoice />
        </section>
        <section>
          <h2 className={styles.label}>This machine</h2>
          <HealthList health={health} />
          <Link href="/fleet" className={styles.link}>
            Fleet
          </Link>
          <Link href="/packs" className={styles.link}>
            Packs
          </Link>
        </section>
        <section>
          <Link href="/gallery" className={styles.link}>
            Gallery of parameters
          </Link>
          <button type="button" className={styles.link} popoverTarget={id} onClick={openPalette}>
            Find anything
          </button>
          <button type="button" className={styles.link} popoverTarget={id} onClick={openShortcuts}>
            Keyboard shortcuts
          </button>
        </section>
      </div>
    </>
  )
}
