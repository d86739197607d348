import type { ReactNode } from 'react'
import styles from './key.module.css'

/** A keyboard key as printed on buttons; silent for screen readers, who hear `aria-keyshortcuts`. */
export const Key = ({ children }: { children: ReactNode }) => (
  <span className={styles.key} data-key aria-hidden="true">
    {children}
  </span>
)
