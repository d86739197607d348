import styles from './mark.module.css'

/** The mark: one strip of paper, exposed in five steps. */
export const Mark = () => (
  <svg className={styles.mark} viewBox="0 0 35 16" width="35" height="16" aria-hidden="true">
    {[1, 0.8, 0.55, 0.34, 0.18].map((opacity, step) => (
      <rect key={opacity} x={step * 7.25} width="5.5" height="16" rx="0.75" opacity={opacity} />
    ))}
  </svg>
)
