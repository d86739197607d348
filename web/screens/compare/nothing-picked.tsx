import { ButtonLink } from '../../shell/button.tsx'
import { TopBar } from '../../shell/top-bar.tsx'
import type { WireStudy } from '../../wire/study.ts'
import styles from './compare-screen.module.css'

/** The empty comparison: how to fill it. */
export function NothingPicked({ study }: { study: WireStudy }) {
  return (
    <>
      <TopBar crumb={{ href: `/studies/${study.id}`, label: study.title }} title="Compare" />
      <main className={styles.nothing}>
        <p>
          No cells are picked yet. Pick two to nine on the sheet, with Shift and a press or with the space
          bar.
        </p>
        <ButtonLink href={`/studies/${study.id}`}>To the sheet</ButtonLink>
      </main>
    </>
  )
}
