import styles from '../shell/broken.module.css'
import { ButtonLink } from '../shell/button.tsx'
import { TopBar } from '../shell/top-bar.tsx'

export default function NotFound() {
  return (
    <>
      <TopBar crumb={{ href: '/', label: 'Library' }} title="Not here" />
      <main className={styles.broken}>
        <h2 className={styles.title}>There is nothing at this address</h2>
        <p className={styles.muted}>The study may have been deleted, or the link was cut short.</p>
        <div className={styles.actions}>
          <ButtonLink href="/">To the library</ButtonLink>
        </div>
      </main>
    </>
  )
}
