import type { Plan } from '#study'
import { cellLeft, cellTop, pitchX, type Range } from '../../state/grid-layout.ts'
import type { Label, SheetGrid, Side } from '../../state/sheet.ts'
import styles from './grid.module.css'
import { bandsIn, namedEach, slotOf } from './heads.ts'
import type { SheetLayout } from './sheet-layout.ts'

export type Heads = { plan: Plan; sheet: SheetGrid; layout: SheetLayout; range: Range }

/** The labels above the columns, in sight while the sheet scrolls; repeated over every group of a line. */
export function ColumnHeads({ plan, sheet, layout, range }: Heads) {
  const { columns } = sheet
  const { levels } = layout
  const each = namedEach({ plan, side: columns, pitch: pitchX(layout), along: 'columns' })

  return (
    <>
      {stretches(columns, range.columns).flatMap(({ offset, stretch }) =>
        columns.axes.flatMap(({ axis }, level) =>
          bandsIn(columns, level, { range: stretch, each }).map((band, _, bands) => (
            <span
              key={`${offset} ${axis} ${slotOf(band.nth, bands.length)}`}
              aria-hidden="true"
              className={level < levels.length - 1 ? styles.band : styles.columnHead}
              data-sparse={each > 1}
              style={{
                left: layout.headWidth + cellLeft(layout, offset + band.start),
                width: band.span * pitchX(layout) - layout.gap,
                bottom: 8 + levels.slice(level + 1).reduce((sum, height) => sum + height, 0),
              }}
            >
              {band.text}
            </span>
          )),
        ),
      )}
    </>
  )
}

/** What each group is, above its table. */
export function GroupHeads({ plan, sheet, layout }: Omit<Heads, 'range'>) {
  if (sheet.groups.length <= 1) return null

  return Array.from({ length: sheet.groups.length }, (_, group) => {
    const column = (group % sheet.across) * sheet.columns.length
    const row = Math.floor(group / sheet.across) * sheet.rows.length
    return (
      <h2
        // biome-ignore lint/suspicious/noArrayIndexKey: a group is where it stands
        key={group}
        className={styles.group}
        style={{
          left: layout.headWidth + cellLeft(layout, column),
          top: layout.headHeight + cellTop(layout, row) - layout.blockHead,
          maxWidth: sheet.columns.length * pitchX(layout),
        }}
      >
        {sheet.groups.labels(group).map(({ axis, text }) => (
          <span key={axis}>
            {plan.axes[axis]!.name} <b>{text}</b>
          </span>
        ))}
      </h2>
    )
  })
}

/** A header says its values; which parameter they belong to is on the axis strip, and said to screen readers here. */
export function Labels({ labels, plan }: { labels: readonly Label[]; plan: Plan }) {
  return labels.map(({ axis, text }) => (
    <span key={axis} className={styles.label}>
      <span className="visually-hidden">{plan.axes[axis]!.name} </span>
      {text}
    </span>
  ))
}

/** A range of the whole sheet as stretches of single tables: `offset` is where the table begins. */
function stretches(
  side: Side,
  [first, end]: readonly [number, number],
): { offset: number; stretch: [number, number] }[] {
  const list: { offset: number; stretch: [number, number] }[] = []
  for (let offset = first - (first % side.length); offset < end; offset += side.length)
    list.push({ offset, stretch: [Math.max(0, first - offset), Math.min(side.length, end - offset)] })

  return list
}
