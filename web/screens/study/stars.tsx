'use client'

import styles from './stars.module.css'

const ratings = [1, 2, 3, 4, 5] as const
type Rating = (typeof ratings)[number]

/** Five stars; pressing the one that is set takes the rating back. */
export function Stars({
  value,
  onChange,
}: {
  value: Rating | null
  onChange: (value: Rating | null) => void
}) {
  return (
    <div
      className={styles.stars}
      role="toolbar"
      aria-label={value ? `Rating, ${value} of 5` : 'Rating, none'}
    >
      {ratings.map((rating) => (
        <button
          key={rating}
          type="button"
          className={styles.star}
          data-on={value !== null && rating <= value}
          aria-label={`${rating} of 5`}
          aria-pressed={value === rating}
          onClick={() => onChange(value === rating ? null : rating)}
        >
          ★
        </button>
      ))}
    </div>
  )
}
