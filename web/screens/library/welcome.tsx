import { ButtonLink } from '../../shell/button.tsx'
import styles from './library-screen.module.css'

/** A test strip's own look: exposed less and less, across and down. */
const ghost = Array.from({ length: 20 }, (_, place) => ({
  place,
  opacity: 0.25 + 0.75 * (1 - (place % 5) / 5) * (1 - Math.floor(place / 5) / 6),
}))

/** What could be here: a sheet that waits for its first exposure. */
export function Welcome() {
  return (
    <section className={styles.welcome}>
      <div className={styles.ghost} aria-hidden="true">
        {ghost.map(({ place, opacity }) => (
          <span key={place} style={{ opacity }} />
        ))}
      </div>
      <div>
        <h1 className={styles.hello}>What does a setting do to your picture?</h1>
        <p className={styles.says}>
          Choose a few parameters, render the whole grid, read the chart. Start from a template below, or from
          an empty sheet.
        </p>
        <ButtonLink href="/new?template=guidance-by-eta" kind="primary">
          Make the first test strip
        </ButtonLink>
      </div>
    </section>
  )
}
