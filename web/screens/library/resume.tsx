'use client'

import Link from 'next/link'
import { useEffect, useState } from 'react'
import { forgetPlace, type LastPlace, lastPlace } from '../../shell/last-place.ts'
import { duration } from '../../wire/format.ts'
import styles from './library-screen.module.css'

/** The way back to where one was. */
export function Resume() {
  const [place, setPlace] = useState<LastPlace | null>(null)
  useEffect(() => setPlace(lastPlace()), [])
  if (!place) return null

  return (
    <p className={styles.resume}>
      <span className={styles.label}>Where you were</span>
      <Link href={place.href}>{place.title}</Link>
      <span className={styles.ago}>{duration((Date.now() - place.at) / 1000)} ago</span>
      <button
        type="button"
        aria-label="Do not show this"
        onClick={() => {
          forgetPlace()
          setPlace(null)
        }}
      >
        ×
      </button>
    </p>
  )
}
