import { Button } from '../../shell/button.tsx'
import styles from './says.module.css'

/** Two tabs, or two people, have changed one draft: one of them has to give way, and says which. */
export const TornNotice = (props: { takeTheirs: () => void; keepMine: () => void }) => (
  <div className={styles.says} data-kind="problem" role="alert">
    This draft was changed in another tab meanwhile, so what you change here is not saved.
    <span className={styles.choice}>
      <Button onClick={props.takeTheirs}>Take theirs</Button>
      <Button onClick={props.keepMine}>Keep mine</Button>
    </span>
  </div>
)
