'use client'

import Link from 'next/link'
import type { ButtonHTMLAttributes, KeyboardEvent, ReactNode } from 'react'
import styles from './button.module.css'
import { Key } from './key.tsx'

type Look = { kind?: 'plain' | 'primary' | 'quiet'; shortcut?: string; wide?: boolean; children: ReactNode }

const className = ({ kind = 'plain', wide }: Pick<Look, 'kind' | 'wide'>): string =>
  [styles.button, styles[kind], wide ? styles.wide : ''].filter(Boolean).join(' ')

/** A verb to press. Its shortcut is printed on it, but is not part of its name. */
export function Button({
  kind,
  shortcut,
  wide,
  children,
  ...rest
}: Look & ButtonHTMLAttributes<HTMLButtonElement>) {
  return (
    <button
      type="button"
      className={className({ kind, wide })}
      aria-keyshortcuts={shortcut?.toLowerCase()}
      {...rest}
    >
      {children}
      {shortcut && <Key>{shortcut}</Key>}
    </button>
  )
}

/** A button that leads to another screen: still a link, so it can be opened in a new tab. */
export function ButtonLink({ kind, shortcut, wide, children, href }: Look & { href: string }) {
  return (
    <Link
      role="button"
      href={href}
      className={className({ kind, wide })}
      aria-keyshortcuts={shortcut?.toLowerCase()}
      onKeyDown={pressOnSpace}
    >
      {children}
      {shortcut && <Key>{shortcut}</Key>}
    </Link>
  )
}

/** Whoever hears "button" presses the space bar, which links ignore. */
function pressOnSpace(event: KeyboardEvent<HTMLAnchorElement>) {
  if (event.key !== ' ') return
  event.preventDefault()
  event.currentTarget.click()
}
