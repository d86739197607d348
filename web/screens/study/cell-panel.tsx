'use client'

import { useRouter } from 'next/navigation'
import { useEffect, useState } from 'react'
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
import { useCell } from '../../shell/use-cell.ts'
import type { LiveStudy } from '../../shell/use-live-study.ts'
import type { CellStore } from '../../state/cell-store.ts'
import type { SheetGrid } from '../../state/sheet.ts'
import { call, Refused } from '../../wire/call.ts'
import { renderTime } from '../../wire/format.ts'
import type { WireMark } from '../../wire/study.ts'
import styles from './cell-panel.module.css'
import { CellStory } from './cell-story.tsx'
import { square, statusWords } from './names.ts'
import { Neighbours } from './neighbours.tsx'
import { Note } from './note.tsx'
import { Stars } from './stars.tsx'
import { useCellDetail } from './use-cell-detail.ts'

/** Everything about one cell: its picture, what sets it apart, what someone thinks of it. */
export function CellPanel(props: {
  file: StudyFile
  /** Key of the render that the study's pictures are measured against. */
  reference: string | null
  live: LiveStudy
  pack: PackInfo
  sheet: SheetGrid
  seq: number
  onMark: (mark: Partial<WireMark>) => void
  /** For this cell: `retry`, `skip`, `unskip`, `render-again`. */
  onCommand: (what: 'retry' | 'skip' | 'unskip' | 'render-again') => void
  /** The address where a cell is compared with other takes of it. */
  compareTakes: (seq: number, takes: number[]) => string
  onOpen: () => void
  onClose: () => void
}) {
  const { seq, sheet } = props
  const { plan, store, address } = props.live
  const router = useRouter()
  const [failure, setFailure] = useState<string | null>(null)
  const [copied, setCopied] = useState(false)
  const view = useCell(store, seq)
  const { want } = props.live
  const detail = useCellDetail(address, view?.cell)
  const partly = view && !view.cell.whole
  useEffect(() => {
    if (partly) want([seq])
  }, [want, seq, partly])
  const { recipe } = cellAt(plan, seq)
  const coords = coordsOf(plan, seq)
  const onAxes = new Set<string>(plan.axes.flatMap((axis) => axis.parameters))
  const changed = changedFromDefaults(recipe, props.pack).filter(
    // Prompts with swapped words are read in full here, though they are on an axis.
    ({ name }) => name === 'text_prompts' || !onAxes.has(name),
  )
  const at = sheet.placeOf(seq)
  const cell = view?.cell
  const shown = cell?.image ? `/blobs/${cell.image}` : view?.preview?.url

  const isReference = props.reference !== null && detail?.renderKey === props.reference

  const measureFromHere = async () => {
    try {
      await call(`${address}/reference`, { body: { seq: isReference ? null : seq } })
      router.refresh()
    } catch (error) {
      setFailure(error instanceof Refused ? error.message : String(error))
    }
  }
  const startFromHere = async () => {
    try {
      const { id } = await call<{ id: string }>('/api/studies', {
        body: studyFromCell(props.file, plan, seq),
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
          <Button onClick={() => props.onCommand('retry')}>Retry this cell</Button>
        </section>
      )}

      <Neighbours live={props.live} sheet={sheet} seq={seq} />

      {detail && (
        <CellStory
          detail={detail}
          compareTakes={props.compareTakes(
            seq,
            detail.takes.map(({ take }) => take),
          )}
        />
      )}

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
        {cell?.status === 'queued' && (
          <Button kind="quiet" onClick={() => props.onCommand('skip')}>
            Skip
          </Button>
        )}
        {detail?.skipped && (
          <Button kind="quiet" onClick={() => props.onCommand('unskip')}>
            Render after all
          </Button>
        )}
        {cell?.status === 'done' && (
          <Button kind="quiet" onClick={() => props.onCommand('render-again')}>
            Render again
          </Button>
        )}
        {cell?.status === 'done' && props.pack.lpips && (
          <Button kind="quiet" onClick={measureFromHere}>
            {isReference ? 'Stop measuring from here' : 'Measure from here'}
          </Button>
        )}
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

/** The study around one cell: its recipe becomes the base, and the axes are left for the reader to choose. */
function studyFromCell(file: StudyFile, plan: Plan, seq: number): StudyFile {
  const { coords, recipe } = cellAt(plan, seq)
  const points = plan.axes.map((axis, index) => axis.points[coords[index]!]!)
  const edited = points.some(({ edit }) => edit)

  return {
    teststrip: 1,
    title: `From ${file.title}`.slice(0, 200),
    pack: file.pack,
    recipe: {
      ...file.recipe,
      ...Object.assign({}, ...points.map(({ patch }) => patch)),
      ...(edited ? { text_prompts: recipe.text_prompts } : {}),
    },
    axes: [],
  }
}
