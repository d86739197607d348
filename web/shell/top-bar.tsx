import Link from 'next/link'
import type { ReactNode } from 'react'
import { KeepPlace } from './keep-place.tsx'
import { Mark } from './mark.tsx'
import { Menu } from './menu.tsx'
import styles from './top-bar.module.css'

/** The one bar of every screen: where you are, how it goes, what you can do. */
export function TopBar(props: {
  crumb?: { href: string; label: string }
  title?: ReactNode
  status?: ReactNode
  actions?: ReactNode
}) {
  return (
    <header className={styles.bar}>
      <KeepPlace />
      <Link href="/" className={styles.home} aria-label="Teststrip, to the library">
        <Mark />
        {!props.crumb && !props.title && <span className={styles.name}>Teststrip</span>}
      </Link>
      {props.crumb && (
        <>
          <Link href={props.crumb.href} className={styles.crumb}>
            {props.crumb.label}
          </Link>
          <span className={styles.slash} aria-hidden="true">
            /
          </span>
        </>
      )}
      {props.title && <h1 className={styles.title}>{props.title}</h1>}
      {props.status}
      <div className={styles.actions}>
        {props.actions}
        <Menu />
      </div>
    </header>
  )
}
