import { ButtonLink } from '../../shell/button.tsx'
import { TopBar } from '../../shell/top-bar.tsx'
import { mostPicked } from '../../state/view-url.ts'
import type { WireStudy } from '../../wire/study.ts'
import styles from './compare-screen.module.css'

/** The empty comparison: how to fill it, and what of a link did not fit. */
export function NothingPicked({ study, notes }: { study: WireStudy; notes: readonly string[] }) {
  return (
    <>
      <TopBar crumb={{ href: `/studies/${study.id}`, label: study.title }} title="Compare" />
      <main className={styles.nothing}>
        {notes.length > 0 && <p role="status">{notes.join(' ')}</p>}
        <p>
          No cells are picked yet. Pick two to {mostPicked} on the sheet, with Shift and a press or with the
          space bar.
        </p>
        <ButtonLink href={`/studies/${study.id}`}>To the sheet</ButtonLink>
      </main>
    </>
  )
}
