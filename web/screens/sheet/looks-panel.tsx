'use client'

import { captionKinds, type SizeName, sizePresets } from '#charts'
import { Segments } from '../../shell/segments.tsx'
import type { SheetQuery } from '../../wire/sheet-query.ts'
import type { Arrangement, Say } from './design.ts'
import styles from './panel.module.css'

const themes = [
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
  { value: 'print', label: 'Print' },
] as const
const enlargements = [
  { value: 'whole', label: 'Pixels' },
  { value: 'smooth', label: 'Smooth' },
  { value: 'never', label: 'As they are' },
] as const
const orientations = [
  { value: 'auto', label: 'Best' },
  { value: 'portrait', label: 'Upright' },
  { value: 'landscape', label: 'Across' },
] as const
const cellSizes = ['auto', '64', '128', '192', '256', '512'] as const
const captionWords = { values: 'Values', seed: 'Seed', number: 'Number', note: 'Note' } as const

/** Theme, size, and what stands under the pictures. */
export function LooksPanel(props: {
  query: SheetQuery
  arrangement: Arrangement
  /** Does any axis hold schedules? */
  hasCurves: boolean
  say: Say
}) {
  const { query, arrangement, hasCurves, say } = props
  const size: SizeName = query.size ?? 'native'
  const { height, dpi } = { dpi: undefined, ...sizePresets[size] }
  const captions = (query.captions ?? '').split(',')
  const hasPages = arrangement.every.length > 0 || height !== null

  return (
    <section className={styles.section}>
      <h2 className={styles.heading}>Look</h2>
      <Segments
        label="Theme"
        options={themes}
        value={query.theme}
        onChange={(theme) => say({ theme: theme === 'light' ? null : theme })}
      />
      <label className={styles.field}>
        <span className={styles.label}>Size</span>
        <select
          className={styles.select}
          aria-label="Size"
          value={size}
          onChange={({ target }) =>
            say({ size: target.value === 'native' ? null : target.value, page: null })
          }
        >
          {Object.entries(sizePresets).map(([name, preset]) => (
            <option key={name} value={name}>
              {preset.title}
            </option>
          ))}
        </select>
      </label>
      {size === 'native' ? (
        <div className={styles.field}>
          <span className={styles.label}>Width of a picture</span>
          <Segments
            label="Width of a picture in pixels"
            options={cellSizes.map((value) => ({ value, label: value === 'auto' ? 'Auto' : value }))}
            value={cellSizes.find((each) => each === String(query.cell)) ?? 'auto'}
            onChange={(cell) => say({ cell: cell === 'auto' ? null : cell })}
          />
        </div>
      ) : (
        height !== null && (
          <div className={styles.field}>
            <span className={styles.label}>Held</span>
            <Segments
              label="How the page is held"
              options={orientations}
              value={query.orientation ?? 'auto'}
              onChange={(way) => say({ orientation: way === 'auto' ? null : way })}
            />
          </div>
        )
      )}
      <div className={styles.field}>
        <span className={styles.label}>Small pictures</span>
        <Segments
          label="How small pictures are enlarged"
          options={enlargements}
          value={query.enlarge ?? 'whole'}
          onChange={(enlarge) => say({ enlarge: enlarge === 'whole' ? null : enlarge })}
        />
      </div>
      <fieldset className={styles.checks}>
        <legend className={styles.label}>Under each picture</legend>
        {captionKinds.map((kind) => (
          <Check
            key={kind}
            label={captionWords[kind]}
            on={captions.includes(kind)}
            change={(on) => {
              const next = captionKinds.filter((each) => (each === kind ? on : captions.includes(each)))
              say({ captions: next.length > 0 ? next.join(',') : null })
            }}
          />
        ))}
        <Check label="Stars" on={query.marks ?? false} change={(on) => say({ marks: on ? '1' : null })} />
      </fieldset>
      <div className={styles.checks}>
        {hasCurves && (
          <Check
            label="Curves of schedules"
            on={query.strips ?? true}
            change={(on) => say({ strips: on ? null : '0' })}
          />
        )}
        {hasPages && (
          <Check
            label="A page each"
            on={query.apart ?? false}
            change={(on) => say({ apart: on ? '1' : null, page: null })}
          />
        )}
        {dpi !== undefined && (
          <Check
            label="Crop marks"
            on={query.crop ?? false}
            change={(on) => say({ crop: on ? '1' : null })}
          />
        )}
      </div>
    </section>
  )
}

function Check({ label, on, change }: { label: string; on: boolean; change: (on: boolean) => void }) {
  return (
    <label className={styles.check}>
      <input type="checkbox" checked={on} onChange={({ target }) => change(target.checked)} />
      {label}
    </label>
  )
}
