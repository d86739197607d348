'use client'

import { useState } from 'react'
import { Button } from '../../shell/button.tsx'
import styles from './packs-screen.module.css'

/** A line for the terminal, with what it does. */
export function Command({ says, text }: { says?: string; text: string }) {
  const [copied, setCopied] = useState(false)
  const copy = async () => {
    await navigator.clipboard.writeText(text)
    setCopied(true)
    setTimeout(() => setCopied(false), 1_600)
  }

  return (
    <div className={styles.command}>
      {says && <span>{says}</span>}
      <code>{text}</code>
      <Button kind="quiet" aria-label={`Copy ${text}`} onClick={() => void copy()}>
        {copied ? 'Copied' : 'Copy'}
      </Button>
    </div>
  )
}
