import styles from './marked.module.css'

/** A text with the character marked where reading it stopped. */
export const Marked = ({ text, at }: { text: string; at: number }) => (
  <span className={styles.text} aria-hidden="true">
    {text.slice(0, at)}
    <mark>{text.slice(at, at + 1).trim() || '\u00a0'}</mark>
    {text.slice(at + 1)}
  </span>
)
