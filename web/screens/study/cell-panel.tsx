'use client'

import { useRouter } from 'next/navigation'
import { useState, useSyncExternalStore } from 'react'
import {
  cellAt,
  changedFromDefaults,
  coordsOf,
  type PackInfo,
  type Plan,
  type StudyFile,
  writeSettings,
} from '#study'
import { Button } from '../../shell/button.tsx'
import { Picture } from '../../shell/picture.tsx'
import type { CellStore } from '../../state/cell-store.ts'
import { call, Refused } from '../../wire/call.ts'
import { renderTime, signed } from '../../wire/format.ts'
import type { WireCell, WireMark } from '../../wire/study.ts'
import styles from './cell-panel.module.css'
import { square, statusWords } from './names.ts'
import { Note } from './note.tsx'
import { Partials } from './partials.tsx'
import { placeOf } from './place-of.ts'
import type { SheetGrid } from './sheet-grid.ts'
import { Stars } from './stars.tsx'

/** Everything about one cell: its picture, what sets it apart, what someone thinks of it. */
export function CellPanel(props: {
  studyId: string
  file: StudyFile
  plan: Plan
  pack: PackInfo
  sheet: SheetGrid
  store: CellStore
  seq: number
  onMark: (mark: Partial<WireMark>) => void
  onRetry: () => void
  onOpen: () => void
  onClose: () => void
}) {
  const { plan, store, seq, sheet } = props
  const router = useRouter()
  const [failure, setFailure] = useState<string | null>(null)
  const [copied, setCopied] = useState(false)
  const view = useSyncExternalStore(
    (listener) => store.watchCell(seq, listener),
    () => store.cell(seq),
    () => store.cell(seq),
  )
  const { recipe } = cellAt(plan, seq)
  const coords = coordsOf(plan, seq)
  const onAxes = new Set<string>(plan.axes.flatMap((axis) => axis.parameters))
  const changed = changedFromDefaults(recipe, props.pack).filter(
    // Prompts with swapped words are read in full here, though they are on an axis.
    ({ name }) => name === 'text_prompts' || !onAxes.has(name),
  )
  const at = placeOf(sheet, seq)
  const cell = view?.cell
  const shown = cell?.image ? `/blobs/${cell.image}` : view?.preview?.url

  const startFromHere = async () => {
    try {
      const { id } = await call<{ id: string }>('/api/studies', {
        body: studyFromCell(props.file, plan, coords),
      })
      router.push(`/studies/${id}/edit`)
    } catch (error) {
      setFailure(error instanceof Refused ? error.message : String(error))
    }
  }
  const copySettings = async () => {
    await navigator.clipboard.writeText(writeSettings(recipe))
    setCopied(true)
    setTimeout(() => setCopied(false), 1_600)
  }

  return (
    <aside className={styles.panel} aria-label="Cell">
      <div className={styles.top}>
        <button
          type="button"
          className={styles.frame}
          style={{ aspectRatio: recipe.width_height.join(' / ') }}
          onClick={props.onOpen}
          disabled={!shown}
          aria-label="Look closer"
        >
          {shown && <Picture src={shown} alt={statusWords(view)} />}
        </button>
        <div className={styles.facts}>
          <h2 className={styles.square}>{at ? square(at.column, at.row) : `Cell ${seq + 1}`}</h2>
          {plan.axes.map((axis, index) => (
            <p key={axis.name} className={styles.point}>
              {axis.name} <b>{axis.points[coords[index]!]?.label}</b>
            </p>
          ))}
          <Stars value={cell?.rating ?? null} onChange={(rating) => props.onMark({ rating })} />
          <p className={styles.muted}>{howItCame(view)}</p>
        </div>
        <button
          type="button"
          className={styles.close}
          onClick={props.onClose}
          aria-label="Close the cell panel"
        >
          ×
        </button>
      </div>

      {cell?.status === 'failed' && (
        <section className={styles.failed} role="alert">
          <p>{cell.error ?? 'This render failed without a reason.'}</p>
          <p className={styles.muted}>All other pictures are safe.</p>
          <Button onClick={props.onRetry}>Retry this cell</Button>
        </section>
      )}

      {cell?.status === 'done' && <Partials studyId={props.studyId} cell={cell} />}
      <Neighbours plan={plan} store={store} sheet={sheet} seq={seq} />

      <section>
        <h3 className={styles.heading}>Changed from defaults</h3>
        {changed.length === 0 ? (
          <p className={styles.muted}>Nothing but the axes.</p>
        ) : (
          <dl>
            {changed.map(({ name, value }) => (
              <div key={name} className={styles.row}>
                <dt>{name}</dt>
                <dd className={name === 'text_prompts' ? styles.words : styles.value}>{value}</dd>
              </div>
            ))}
          </dl>
        )}
      </section>

      <section>
        <Note
          key={seq}
          value={cell?.note ?? ''}
          onSave={(note) => props.onMark({ note: note === '' ? null : note })}
        />
      </section>

      <div className={styles.actions}>
        <Button onClick={startFromHere}>New study from here</Button>
        <Button onClick={copySettings} aria-label="Copy the settings">
          {copied ? 'Copied' : 'Settings'}
        </Button>
        <Button
          kind="quiet"
          shortcut="X"
          aria-pressed={cell?.mark === 'reject'}
          onClick={() => props.onMark({ mark: cell?.mark === 'reject' ? null : 'reject' })}
        >
          {cell?.mark === 'reject' ? 'Rejected' : 'Reject'}
        </Button>
      </div>
      {failure && (
        <p className={styles.failed} role="alert">
          {failure}
        </p>
      )}
    </aside>
  )
}

function howItCame(view: ReturnType<CellStore['cell']>): string {
  const cell = view?.cell
  if (cell?.status === 'failed') return 'failed'
  if (cell?.status !== 'done') return statusWords(view)
  const took = cell.seconds === null ? 'done' : renderTime(cell.seconds)

  return `${took}${cell.device ? ` on ${cell.device}` : ''}${cell.reused ? ', reused' : ''}`
}

/** How the measures change one step along each direction, where both cells have them. */
function Neighbours(props: { plan: Plan; store: CellStore; sheet: SheetGrid; seq: number }) {
  const { store, sheet } = props
  useSyncExternalStore(store.watchAll, store.changes, store.changes)
  const at = placeOf(sheet, props.seq)
  const mine = store.cell(props.seq)?.cell
  if (!at || !mine) return null

  const directions = [
    { arrow: '←', column: at.column - 1, row: at.row },
    { arrow: '→', column: at.column + 1, row: at.row },
    { arrow: '↑', column: at.column, row: at.row - 1 },
    { arrow: '↓', column: at.column, row: at.row + 1 },
  ]
  const found = directions.flatMap(({ arrow, column, row }) => {
    if (!(column in sheet.columns) || !(row in sheet.rows)) return []
    const other = store.cell(sheet.cell(row, column))?.cell
    const label = (column === at.column ? sheet.rows[row] : sheet.columns[column])!.labels.join(' · ')
    const difference = other && similarityChange(mine, other)
    return difference === undefined ? [] : [{ arrow, label, difference }]
  })
  if (found.length === 0) return null

  return (
    <section>
      <h3 className={styles.heading}>Beside its neighbours</h3>
      <dl>
        {found.map(({ arrow, label, difference }) => (
          <div key={arrow} className={styles.row}>
            <dt>
              {arrow} {label}
            </dt>
            <dd className={styles.words}>CLIP similarity {signed(difference)}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

function similarityChange(from: WireCell, to: WireCell): number | undefined {
  const [a, b] = [from.metrics?.clipSimilarity, to.metrics?.clipSimilarity]

  return a === undefined || b === undefined ? undefined : b - a
}

/** The study around one cell: its recipe becomes the base, and the axes are left for the reader to choose. */
function studyFromCell(file: StudyFile, plan: Plan, coords: readonly number[]): StudyFile {
  const patch = Object.assign({}, ...plan.axes.map((axis, index) => axis.points[coords[index]!]?.patch))

  return {
    teststrip: 1,
    title: `From ${file.title}`,
    pack: file.pack,
    recipe: { ...file.recipe, ...patch },
    axes: [],
  }
}
