import type { Metadata } from 'next'
import { Mark } from '../../../shell/mark.tsx'
import styles from './not-found.module.css'

export const metadata: Metadata = { title: { absolute: 'Nothing here' }, robots: { index: false } }

export default function NothingShared() {
  return (
    <main className={styles.nothing}>
      <Mark />
      <h1>This link shows nothing</h1>
      <p>It was taken back, has ended, or was never complete. Ask whoever sent it for a new one.</p>
    </main>
  )
}
