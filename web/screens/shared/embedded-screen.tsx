import { Picture } from '../../shell/picture.tsx'
import styles from './embedded-screen.module.css'

/** A shared sheet inside another page: no bar, no words; pressing it opens the link itself. */
export const EmbeddedScreen = ({ path, title, whole }: { path: string; title: string; whole: boolean }) =>
  whole ? (
    <iframe
      className={styles.viewer}
      src={`${path}/viewer`}
      title={title}
      sandbox="allow-scripts allow-downloads"
    />
  ) : (
    <a href={path} target="_blank" rel="noopener" className={styles.paper}>
      <Picture src={`${path}/sheet.png`} alt={`The sheet ${title}`} />
    </a>
  )
