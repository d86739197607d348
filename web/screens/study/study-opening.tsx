import { TopBar } from '../../shell/top-bar.tsx'
import { plural } from '../../wire/format.ts'
import styles from './study-opening.module.css'

/** Stands where a large study will be, until its cells have been read. */
export function StudyOpening({ title, cells }: { title: string; cells: number }) {
  return (
    <div className={styles.screen}>
      <TopBar crumb={{ href: '/', label: 'Library' }} title={title} />
      <div className={styles.strip} />
      <main className={styles.stage} aria-busy="true">
        <p role="status">Opening {plural(cells, 'cell')}</p>
      </main>
    </div>
  )
}
