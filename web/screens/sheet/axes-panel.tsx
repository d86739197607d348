'use client'

import type { Plan } from '#study'
import { Button } from '../../shell/button.tsx'
import type { SheetQuery } from '../../wire/sheet-query.ts'
import {
  type Arrangement,
  arrangementWords,
  moved,
  type Place,
  places,
  placeWords,
  pointsAt,
  pointWords,
  type Say,
  swapped,
} from './design.ts'
import styles from './panel.module.css'

/** Which axis stands where; those of one value say which. */
export function AxesPanel(props: { plan: Plan; query: SheetQuery; arrangement: Arrangement; say: Say }) {
  const { plan, query, arrangement, say } = props
  const at = pointsAt(query)

  return (
    <section className={styles.section}>
      <div className={styles.head}>
        <h2 className={styles.heading}>Axes</h2>
        <Button kind="quiet" shortcut="X" onClick={() => say(arrangementWords(swapped(arrangement)))}>
          Swap
        </Button>
      </div>
      <ul className={styles.axes}>
        {plan.axes.map(({ name, points }, axis) => {
          const here = places.find((place) => arrangement[place].includes(axis))!

          return (
            <li key={name} className={styles.axis}>
              <span className={styles.name} title={name}>
                {name}
              </span>
              <select
                className={styles.select}
                aria-label={`Where ${name} stands`}
                value={here}
                onChange={({ target }) =>
                  say(arrangementWords(moved(arrangement, axis, target.value as Place)))
                }
              >
                {places.map((place) => (
                  <option key={place} value={place}>
                    {placeWords[place]}
                  </option>
                ))}
              </select>
              {here === 'pages' && points.length > 1 && (
                <select
                  className={styles.value}
                  aria-label={`Value of ${name}`}
                  value={Math.min(at.get(axis) ?? 0, points.length - 1)}
                  onChange={({ target }) =>
                    say({
                      ...arrangementWords(arrangement),
                      ...pointWords(query, axis, Number(target.value)),
                    })
                  }
                >
                  {points.slice(0, 500).map((point, index) => (
                    <option key={point.label} value={index}>
                      {point.label}
                    </option>
                  ))}
                </select>
              )}
            </li>
          )
        })}
      </ul>
    </section>
  )
}
