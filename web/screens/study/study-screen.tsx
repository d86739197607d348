'use client'

import { useRouter } from 'next/navigation'
import { useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react'
import { makePlan, type PackInfo } from '#study'
import { Shortcuts } from '../../shell/shortcuts.tsx'
import { CellStore } from '../../state/cell-store.ts'
import { connectStudy } from '../../state/connect-study.ts'
import { type Shown, wholeSheet } from '../../state/grid-layout.ts'
import { Signal } from '../../state/signal.ts'
import { clampSize, mostPicked, sheetQuery, type ViewState } from '../../state/view-url.ts'
import { call, Refused } from '../../wire/call.ts'
import type { Progress, WireCell, WireMark, WireStudy } from '../../wire/study.ts'
import { writeCompare } from '../compare/compare-url.ts'
import { wholePicture } from '../compare/lens.ts'
import { AxisStrip } from './axis-strip.tsx'
import { CellPanel } from './cell-panel.tsx'
import { compareSeqs } from './compare-seqs.ts'
import { fitted, type Room } from './fitted.ts'
import { Grid, type GridHandle } from './grid.tsx'
import { Looker } from './looker.tsx'
import { Minimap } from './minimap.tsx'
import { placeOf } from './place-of.ts'
import { sheetOf } from './sheet-grid.ts'
import { StudyBar } from './study-bar.tsx'
import styles from './study-screen.module.css'
import { useViewState } from './use-view-state.ts'

/** The live sheet of one study, filling in as its pictures develop. */
export function StudyScreen(props: { study: WireStudy; pack: PackInfo; version: string; cells: WireCell[] }) {
  const { study, pack } = props
  const plan = useMemo(() => {
    const made = makePlan(study.file, pack).plan
    if (!made) throw new Error('This study no longer fits its pack; open it in the builder to see why.')
    return made
  }, [study.file, pack])
  const [store] = useState(
    () =>
      new CellStore({
        size: plan.size,
        version: props.version,
        progress: study.progress,
        cells: props.cells,
      }),
  )
  useEffect(() => connectStudy(store, study.id), [store, study.id])
  const progress = useSyncExternalStore(store.watchAll, store.progress, store.progress)
  const connection = useSyncExternalStore(store.watchAll, store.connection, store.connection)

  const router = useRouter()
  const [view, setView] = useViewState(plan, study.file.view)
  const [failure, setFailure] = useState<string | null>(null)
  const [looking, setLooking] = useState(false)
  const [room, setRoom] = useState<Room | null>(null)
  const [shown] = useState(() => new Signal<Shown>(wholeSheet))
  const grid = useRef<GridHandle>(null)

  const sheet = useMemo(() => sheetOf(plan, view.places, view.at), [plan, view.places, view.at])
  const size =
    view.size ?? fitted({ sheet, room, ratio: plan.base.width_height[1] / plan.base.width_height[0] })
  const update = (change: Partial<ViewState>) => setView({ ...view, ...change })

  const select = (seq: number | null) => {
    update({ selected: seq })
    if (seq === null) return
    const at = placeOf(sheet, seq)
    if (at) grid.current?.scrollTo(at)
    requestAnimationFrame(() => grid.current?.focus(seq))
  }
  const step = (columns: number, rows: number) => {
    const from = view.selected === null ? null : placeOf(sheet, view.selected)
    const column = clamp((from?.column ?? 0) + (from ? columns : 0), sheet.columns.length)
    const row = clamp((from?.row ?? 0) + (from ? rows : 0), sheet.rows.length)
    select(sheet.cell(row, column))
  }
  const turnPage = (by: number) => {
    const axis = view.places.pages[0]
    if (axis === undefined) return
    const point = clamp((view.at[axis] ?? 0) + by, plan.axes[axis]!.points.length)
    update({ at: { ...view.at, [axis]: point } })
  }
  const pick = (seq: number) => {
    const picked = view.picked.includes(seq)
      ? view.picked.filter((each) => each !== seq)
      : [...view.picked, seq].slice(-mostPicked)
    update({ picked })
  }
  const attempt = async (work: () => Promise<unknown>) => {
    setFailure(null)
    await work().catch((error: unknown) =>
      setFailure(error instanceof Refused ? error.message : String(error)),
    )
  }
  const command = (what: string, body: unknown = {}) =>
    attempt(async () => {
      store.setProgress(await call<Progress>(`/api/studies/${study.id}/${what}`, { body }))
    })
  const mark = (seq: number, change: Partial<WireMark>) =>
    attempt(async () => {
      const known = store.cell(seq)?.cell
      if (known) store.put({ ...known, ...change })
      await call(`/api/studies/${study.id}/cells/${seq}`, { method: 'PATCH', body: change })
    })
  const onSelected = (act: (seq: number) => void) => () => {
    if (view.selected !== null) act(view.selected)
  }
  const toggleMark = (kind: 'star' | 'reject') =>
    onSelected((seq) => mark(seq, { mark: store.cell(seq)?.cell.mark === kind ? null : kind }))

  const compared = compareSeqs({ plan, sheet, ...view })
  const compareUrl = `/studies/${study.id}/compare${writeCompare({
    seqs: compared,
    reference: compared.find((seq) => seq === view.selected) ?? compared[0]!,
    lens: wholePicture,
  })}`
  const sheetUrl = `/studies/${study.id}/sheet${sheetQuery(view)}`
  const { status } = progress
  const active = status === 'running' || status === 'paused'
  const pause = () => void command(status === 'paused' ? 'resume' : 'pause')

  return (
    <div className={styles.screen}>
      <StudyBar
        title={study.title}
        planned={plan.size}
        progress={progress}
        connection={connection}
        compareUrl={compareUrl}
        sheetUrl={sheetUrl}
        onCommand={(what) => void command(what)}
      />
      <AxisStrip
        plan={plan}
        places={view.places}
        at={view.at}
        size={size}
        fitted={view.size === null}
        aside={asideWords(store, view.picked.length)}
        onPlaces={(places) => update({ places })}
        onAt={(axis, point) => update({ at: { ...view.at, [axis]: point } })}
        onSize={(chosen) => update({ size: chosen })}
      />
      {connection.state === 'lost' && (
        <p className={styles.trouble} role="status">
          {connection.says}
        </p>
      )}
      {failure && (
        <p className={styles.trouble} role="alert">
          {failure}
          <button type="button" onClick={() => setFailure(null)}>
            Dismiss
          </button>
        </p>
      )}
      <div className={styles.stage}>
        <main className={styles.sheet}>
          <Grid
            ref={grid}
            plan={plan}
            sheet={sheet}
            store={store}
            size={size}
            selected={view.selected}
            picked={view.picked}
            label={`${study.title}, ${plan.size} cells`}
            onSelect={select}
            onPick={pick}
            onOpen={(seq) => {
              update({ selected: seq })
              setLooking(true)
            }}
            onRetry={(seq) => void command('retry', { seqs: [seq] })}
            onRoom={setRoom}
            shown={shown}
          />
          <Minimap store={store} sheet={sheet} shown={shown} onGo={(at) => grid.current?.scrollTo(at)} />
        </main>
        {view.selected !== null && (
          <CellPanel
            studyId={study.id}
            file={study.file}
            plan={plan}
            pack={pack}
            sheet={sheet}
            store={store}
            seq={view.selected}
            onMark={(change) => void mark(view.selected!, change)}
            onRetry={() => void command('retry', { seqs: [view.selected] })}
            onOpen={() => setLooking(true)}
            onClose={() => update({ selected: null })}
          />
        )}
      </div>
      {looking && view.selected !== null && (
        <Looker
          plan={plan}
          store={store}
          seq={view.selected}
          onStep={step}
          onClose={() => setLooking(false)}
        />
      )}
      <Shortcuts
        list={[
          {
            keys: 'ArrowLeft ArrowRight ArrowUp ArrowDown',
            does: 'Go from cell to cell',
            run: (event) => step(...arrows[event.key]!),
          },
          { keys: 'Enter', does: 'Look closer', run: onSelected(() => setLooking(true)) },
          { keys: 'Space', does: 'Pick for comparison', run: onSelected(pick) },
          { keys: 'c', does: 'Compare', run: () => router.push(compareUrl) },
          {
            keys: '1 2 3 4 5',
            does: 'Rate',
            run: (event) =>
              onSelected((seq) => void mark(seq, { rating: Number(event.key) as 1 | 2 | 3 | 4 | 5 }))(),
          },
          { keys: 's', does: 'Star', run: toggleMark('star') },
          { keys: 'x', does: 'Reject', run: toggleMark('reject') },
          {
            keys: '[ ]',
            does: 'Page before, page after',
            run: (event) => turnPage(event.key === '[' ? -1 : 1),
          },
          {
            keys: '- +',
            does: 'Smaller, larger cells',
            run: (event) => update({ size: clampSize(size * (event.key === '-' ? 0.8 : 1.25)) }),
          },
          { keys: '0', does: 'Fit the window', run: () => update({ size: null }) },
          ...(active ? [{ keys: 'p', does: status === 'paused' ? 'Resume' : 'Pause', run: pause }] : []),
          { keys: 'Escape', does: 'Close the cell panel', run: () => update({ selected: null }) },
        ]}
      />
    </div>
  )
}

const arrows: Record<string, [columns: number, rows: number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
}

const clamp = (value: number, count: number): number => Math.min(count - 1, Math.max(0, value))

/** What is worth a word beside the axes: cells picked, else pictures that were there before. */
function asideWords(store: CellStore, picked: number): string | undefined {
  if (picked > 0) return `${picked} picked`
  let reused = 0
  for (const cell of store.cells()) if (cell.reused) reused++

  return reused > 0 ? `${reused} reused` : undefined
}
