import type { WireAtlas } from '../wire/example.ts'
import styles from './atlas-tile.module.css'

/** One picture out of an atlas, as wide as its place; `label` says what it shows, empty where it only decorates. */
export function AtlasTile(props: { atlas: WireAtlas; column: number; row: number; label: string }) {
  const { atlas, column, row, label } = props
  const share = (index: number, count: number) => (count > 1 ? (100 * index) / (count - 1) : 0)

  const style = {
    aspectRatio: `${atlas.tile[0]} / ${atlas.tile[1]}`,
    backgroundImage: `url(${atlas.src})`,
    backgroundSize: `${100 * atlas.columns}% ${100 * atlas.rows}%`,
    backgroundPosition: `${share(column, atlas.columns)}% ${share(row, atlas.rows)}%`,
  }

  return label ? (
    <span className={styles.tile} role="img" aria-label={label} style={style} />
  ) : (
    <span className={styles.tile} aria-hidden="true" style={style} />
  )
}
