'use client'

import { useRouter } from 'next/navigation'
import { useEffect } from 'react'
import styles from './broken.module.css'
import { Button, ButtonLink } from './button.tsx'
import { TopBar } from './top-bar.tsx'

const againMs = 3_000

/** What happened, what is safe, what to do. Trouble that passes by itself is waited out. */
export function Broken({ message, passing }: { message: string; passing: boolean }) {
  const router = useRouter()
  useEffect(() => {
    if (!passing) return
    const timer = setInterval(() => router.refresh(), againMs)
    return () => clearInterval(timer)
  }, [passing, router])

  return (
    <>
      <TopBar crumb={{ href: '/', label: 'Library' }} title="Something is missing" />
      <main className={styles.broken}>
        <div className={styles.strip} aria-hidden="true">
          {[0, 1, 2, 3, 4].map((step) => (
            <span key={step} />
          ))}
        </div>
        <h2 className={styles.title}>{passing ? 'Waiting for a part of Teststrip' : 'This did not work'}</h2>
        <p role="alert">{message}</p>
        <p className={styles.muted}>
          Every picture that was finished is kept.
          {passing ? ' This page tries again every few seconds.' : ''}
        </p>
        <div className={styles.actions}>
          <Button onClick={() => router.refresh()}>Try now</Button>
          <ButtonLink href="/" kind="quiet">
            To the library
          </ButtonLink>
        </div>
      </main>
    </>
  )
}
