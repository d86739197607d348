import Link from 'next/link'
import { AtlasTile } from '../../shell/atlas-tile.tsx'
import type { WireExample } from '../../wire/example.ts'
import styles from './library-screen.module.css'

/** Studies to begin with, with pictures of what they make. */
export function Templates({ templates, first }: { templates: WireExample[]; first: boolean }) {
  return (
    <section className={styles.templates} data-first={first}>
      <h2 className={styles.label}>Start from a template</h2>
      <ul className={styles.list}>
        {templates.map((template) => (
          <li key={template.id}>
            <Link href={`/new?template=${template.id}`} className={styles.template}>
              <TemplatePicture template={template} />
              <span>
                <b>{template.title}</b>
                <span className={styles.says}>{template.says}</span>
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** The first corner of what it makes; where nothing was rendered, only its shape. */
function TemplatePicture({ template: { axes, atlas } }: { template: WireExample }) {
  const [columns = 1, rows = 1] = axes.map(({ points }) => points.length)
  const tiles = Array.from({ length: 6 }, (_, index) => ({ column: index % 3, row: Math.floor(index / 3) }))

  return (
    <span className={styles.corner} aria-hidden="true">
      {tiles.map(({ column, row }) => (
        <span key={`${column} ${row}`} className={styles.tile} data-there={column < columns && row < rows}>
          {atlas && column < columns && row < atlas.rows && (
            <AtlasTile
              atlas={atlas}
              column={spread(column, columns)}
              row={spread(row, atlas.rows, 2)}
              label=""
            />
          )}
        </span>
      ))}
    </span>
  )
}

/** The first of `most` tiles is the first of `count`, the last the last, so that the direction shows. */
const spread = (index: number, count: number, most = 3): number =>
  count <= most ? index : Math.round((index * (count - 1)) / (most - 1))
