import styles from './remove-button.module.css'

/** The small cross that takes something out of a list. */
export const RemoveButton = ({ label, onClick }: { label: string; onClick: () => void }) => (
  <button type="button" className={styles.remove} aria-label={label} title={label} onClick={onClick}>
    ×
  </button>
)
