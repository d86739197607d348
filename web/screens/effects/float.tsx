import type { ReactNode } from 'react'
import styles from './effects-screen.module.css'

/** About what a card with pictures takes, pixels. */
const room = { width: 256, height: 280 }

/** A layer beside a point of the window that takes no presses, kept inside the window. */
export function Float({ x, y, children }: { x: number; y: number; children: ReactNode }) {
  const left = x + 14 + room.width > window.innerWidth ? x - 14 - room.width : x + 14
  const top = Math.max(8, Math.min(y + 14, window.innerHeight - room.height))

  return (
    <div className={styles.float} style={{ left: Math.max(8, left), top }}>
      {children}
    </div>
  )
}
