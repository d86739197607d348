'use client'

import { useSyncExternalStore } from 'react'
import type { Health } from '../server/health-schema.ts'
import styles from './health.module.css'

const everyMs = 10_000

let latest: Health | null = null
let timer: ReturnType<typeof setInterval> | undefined
const listeners = new Set<() => void>()

async function look() {
  if (document.hidden) return
  latest = await fetch('/api/health')
    .then((response) => response.json() as Promise<Health>)
    .catch(() => unreachable)
  for (const listener of listeners) listener()
}

const unreachable: Health = {
  ok: false,
  parts: { web: { ok: false, says: 'no answer; is it still running?' } },
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  if (listeners.size === 1) {
    void look()
    timer = setInterval(look, everyMs)
  }

  return () => {
    listeners.delete(listener)
    if (listeners.size === 0) clearInterval(timer)
  }
}

/** What is up, asked every ten seconds while any part of the page wants to know; null until the first answer. */
export const useHealth = (): Health | null =>
  useSyncExternalStore(
    subscribe,
    () => latest,
    () => null,
  )

export function HealthList({ health }: { health: Health | null }) {
  if (!health) return <p className={styles.says}>Looking …</p>

  return (
    <ul className={styles.list}>
      {Object.entries(health.parts).map(([name, part]) => (
        <li key={name} className={styles.part}>
          <span className={styles.dot} data-ok={part.ok} />
          <span className={styles.name}>{name}</span>
          <span className={styles.says}>
            {part.ok ? '' : 'down: '}
            {part.says}
          </span>
        </li>
      ))}
    </ul>
  )
}
