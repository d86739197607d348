import { Mark } from '../../shell/mark.tsx'
import { Picture } from '../../shell/picture.tsx'
import styles from './shared-screen.module.css'

/** What somebody sees who was sent a link: the sheet, or the whole study to look through, and nothing else. */
export function SharedScreen(props: {
  address: string
  title: string
  says: string
  whole: boolean
  theme: 'light' | 'dark' | 'print'
}) {
  const path = new URL(props.address).pathname

  return (
    <div className={styles.screen} data-whole={props.whole}>
      <header className={styles.bar}>
        {/* The viewer has the mark and the title in its own bar. */}
        {!props.whole && <Mark />}
        <div className={styles.words}>
          <h1 className={props.whole ? 'visually-hidden' : styles.title} dir="auto">
            {props.title}
          </h1>
          <p className={styles.says}>{props.says}</p>
        </div>
        <a className={styles.save} href={`${path}/sheet.png`} download>
          Save the sheet
        </a>
      </header>
      <main className={styles.table}>
        {props.whole ? (
          <iframe
            className={styles.viewer}
            src={`${path}/viewer`}
            title={props.title}
            sandbox="allow-scripts allow-downloads"
          />
        ) : (
          <a href={`${path}/sheet.png`} className={styles.paper} data-theme-of-sheet={props.theme}>
            <Picture src={`${path}/sheet.png`} alt={`The sheet ${props.title}`} />
          </a>
        )}
      </main>
      <footer className={styles.foot}>
        Made with Teststrip. The study travels inside the picture: drop it on a Teststrip to open it.
      </footer>
    </div>
  )
}
