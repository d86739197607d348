import styles from './miniature.module.css'

const mostTiles = 28

/** The empty sheet, as it will be laid out: the first axis across, the second down, further ones nested. */
export function Miniature({ axes, size }: { axes: number[]; size: readonly [number, number] }) {
  const across = (axis: number) => axis === 0 || (axis > 2 && axis % 2 === 1)
  const count = (side: boolean) =>
    axes.reduce(
      (product, length, axis) => (across(axis) === side ? product * Math.max(1, length) : product),
      1,
    )
  const columns = count(true)
  const rows = count(false)
  const shown = { columns: Math.min(columns, mostTiles), rows: Math.min(rows, mostTiles) }

  return (
    <section className={styles.card}>
      <h2 className={styles.label}>The sheet</h2>
      <div
        className={styles.sheet}
        style={{
          gridTemplateColumns: `repeat(${shown.columns}, 1fr)`,
          aspectRatio: `${shown.columns * size[0]} / ${shown.rows * size[1]}`,
          maxWidth: `${Math.min(100, (150 * shown.columns * size[0]) / (shown.rows * size[1]) / 2.2)}%`,
        }}
        aria-hidden="true"
      >
        {Array.from({ length: shown.columns * shown.rows }, (_, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a tile is its place
          <span key={index} />
        ))}
      </div>
      <p className={styles.words}>
        {columns} × {rows}
        {columns > mostTiles || rows > mostTiles ? `, shown up to ${mostTiles}` : ''}, pictures of{' '}
        {size.join(' × ')}
      </p>
    </section>
  )
}
