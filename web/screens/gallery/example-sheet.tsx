import { AtlasTile } from '../../shell/atlas-tile.tsx'
import type { WireExample } from '../../wire/example.ts'
import styles from './example-sheet.module.css'

/** The pictures of an example with the names and values of its axes: the first across, the others down. */
export function ExampleSheet({ example: { axes, atlas } }: { example: WireExample }) {
  const [first, ...others] = axes
  if (!atlas || !first) return null
  const rows = others.reduce<string[][]>(
    (lines, { points }) => lines.flatMap((line) => points.map((point) => [...line, point])),
    [[]],
  )

  return (
    <div className={styles.frame}>
      <table className={styles.sheet}>
        <thead>
          <tr>
            {others.length > 0 && (
              <td className={styles.names}>{others.map(({ name }) => name).join(' · ')}</td>
            )}
            <th scope="colgroup" colSpan={first.points.length} className={styles.axis}>
              {first.name}
            </th>
          </tr>
          <tr>
            {others.length > 0 && <td />}
            {first.points.map((point) => (
              <th key={point} scope="col" className={styles.point}>
                {point}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((line, row) => (
            <tr key={line.join(' ')}>
              {others.length > 0 && (
                <th scope="row" className={styles.line}>
                  {line.join(' · ')}
                </th>
              )}
              {first.points.map((point, column) => (
                <td key={point} className={styles.cell}>
                  <AtlasTile
                    atlas={atlas}
                    column={column}
                    row={row}
                    label={[
                      `${first.name} ${point}`,
                      ...others.map(({ name }, n) => `${name} ${line[n]}`),
                    ].join(', ')}
                  />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
