'use client'

import {
  type ComposedSheet,
  type Feasibility,
  type FormatName,
  formatNamed,
  type SheetFormat,
  sheetFormats,
} from '#charts'
import { Button } from '../../shell/button.tsx'
import { bytes, plural } from '../../wire/format.ts'
import styles from './panel.module.css'
import type { Printing } from './use-print.ts'

/** What it will be, before it is: pixels, bytes, and whether the format can hold it. */
export function FormatPanel(props: {
  sheet: ComposedSheet
  format: SheetFormat
  can: Feasibility
  printing: Printing
  missing: number
  isWhole: boolean
  along: number | undefined
  onFormat: (name: FormatName) => void
  onAlong: (axis: string | null) => void
  onCancel: () => void
}) {
  const { sheet, format, can, printing, missing, isWhole, along, onFormat, onAlong, onCancel } = props
  const many = sheet.pages.length > 1

  return (
    <section className={styles.section}>
      <label className={styles.field}>
        <span className={styles.label}>Format</span>
        <select
          className={styles.select}
          aria-label="Format"
          value={format.name}
          onChange={(event) => onFormat(event.target.value as FormatName)}
        >
          {sheetFormats.map(({ name, title }) => (
            <option key={name} value={name}>
              {title}
            </option>
          ))}
        </select>
      </label>
      <p className={styles.muted}>{format.good}</p>
      {format.kind === 'moving' && (
        <label className={styles.field}>
          <span className={styles.label}>Goes along</span>
          <select
            className={styles.select}
            aria-label="Goes along"
            value={along ?? ''}
            onChange={({ target }) => onAlong(target.value || null)}
          >
            <option value="">Choose an axis</option>
            {sheet.plan.axes.map(({ name }, axis) => (
              <option key={name} value={axis}>
                {name}
              </option>
            ))}
          </select>
        </label>
      )}
      {can.problem ? (
        <div className={styles.problem} role="alert">
          <p>{can.problem}</p>
          {can.instead && (
            <Button onClick={() => onFormat(can.instead!)}>{`Take ${formatNamed(can.instead).title}`}</Button>
          )}
        </div>
      ) : (
        <p>
          <span className={styles.big}>
            {can.width} × {can.height}
          </span>
          <span className={styles.muted}>
            {[
              `${can.megapixels < 10 ? can.megapixels.toFixed(1) : Math.round(can.megapixels)} megapixels`,
              `about ${bytes(can.bytes)}`,
              ...(many ? [format.pages ? plural(sheet.pages.length, 'page') : 'this page'] : []),
            ].join(' · ')}
          </span>
        </p>
      )}
      <PrintState printing={printing} onCancel={onCancel} />
      {sheet.notices.map((notice) => (
        <p key={notice} className={styles.note}>
          {notice}
        </p>
      ))}
      {isWhole && missing > 0 && (
        <p className={styles.note}>
          {missing === 1 ? 'One cell has' : `${missing} cells have`} no picture yet and will say so on the
          sheet.
        </p>
      )}
    </section>
  )
}

function PrintState({ printing, onCancel }: { printing: Printing; onCancel: () => void }) {
  if (printing.state === 'idle') return null
  if (printing.state === 'failed')
    return (
      <p className={styles.problem} role="alert">
        {printing.says}
      </p>
    )
  if (printing.state === 'done')
    return (
      <p className={styles.done} role="status">
        Printed, {bytes(printing.print.bytes ?? 0)}.{' '}
        <a href={`${printing.print.file}?download`}>Save again</a>
      </p>
    )

  const share = Math.round(printing.share * 100)

  return (
    <div className={styles.printing} role="status">
      <span>{share > 0 ? `Printing, ${share} %` : 'Printing …'}</span>
      <Button kind="quiet" onClick={onCancel} disabled={!printing.key}>
        Cancel
      </Button>
      <progress max={1} value={printing.share} aria-label="Printed" />
    </div>
  )
}
