import { ButtonLink } from '../../shell/button.tsx'
import type { WireStudy } from '../../wire/study.ts'
import styles from './effects-screen.module.css'

/** Why there is no figure yet, and what brings one. */
export function Nothing({ study, done, complete }: { study: WireStudy; done: number; complete: boolean }) {
  if (!complete) return <p className={styles.waiting}>Reading the measures…</p>
  const draft = study.status === 'draft'

  return (
    <main className={styles.nothing}>
      <div className={styles.ghost} aria-hidden="true">
        {[62, 40, 78, 54, 90, 30].map((height) => (
          <span key={height} style={{ height: `${height}%` }} />
        ))}
      </div>
      <h2 className={styles.big}>{done === 0 ? 'Nothing to measure yet' : 'Not measured yet'}</h2>
      <p>
        {done === 0
          ? 'Every finished picture is measured: its light, colour and detail, and how near it is to its prompts. Figures appear here with the first cells.'
          : 'These pictures were made before there were measures. A worker measures them in the background, within about ten minutes.'}
      </p>
      <ButtonLink href={draft ? `/studies/${study.id}/edit` : `/studies/${study.id}`} kind="primary">
        {draft ? 'To the builder' : 'To the study'}
      </ButtonLink>
    </main>
  )
}
