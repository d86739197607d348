'use client'

import { useRouter } from 'next/navigation'
import { useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react'
import { Shortcuts } from '../../shell/shortcuts.tsx'
import { useLiveStudy } from '../../shell/use-live-study.ts'
import { statusByte } from '../../state/cell-store.ts'
import { type Shown, wholeSheet } from '../../state/grid-layout.ts'
import type { PageSheet } from '../../state/page-sheet.ts'
import { Signal } from '../../state/signal.ts'
import { clampSize, picksFit, sheetQuery, swapPlaces, type ViewState } from '../../state/view-url.ts'
import { writeCompare } from '../compare/compare-url.ts'
import { wholePicture } from '../compare/lens.ts'
import { standardAmount } from '../compare/modes.ts'
import { takeNumber } from '../compare/takes.ts'
import { AddValues } from './add-values.tsx'
import { AxisStrip } from './axis-strip.tsx'
import { CellPanel } from './cell-panel.tsx'
import { ColourMenu, FilterMenu, SizeMenu } from './cells-menu.tsx'
import { compareSeqs } from './compare-seqs.ts'
import { Grid, type GridHandle, type PickWay } from './grid.tsx'
import { Looker } from './looker.tsx'
import { Minimap } from './minimap.tsx'
import { Notices } from './notices.tsx'
import { SelectionBar } from './selection-bar.tsx'
import type { Room } from './sheet-layout.ts'
import { StudyBar } from './study-bar.tsx'
import styles from './study-screen.module.css'
import { useCommands } from './use-commands.ts'
import { cellsBetween } from './use-marquee.ts'
import { useLooks, useSheet } from './use-sheet-view.ts'
import { useViewState } from './use-view-state.ts'

/** The live sheet of one study, filling in as its pictures develop. */
export function StudyScreen(props: PageSheet) {
  const { study, pack } = props
  const live = useLiveStudy(props)
  const { plan, store } = live
  const progress = useSyncExternalStore(store.watchAll, store.progress, store.progress)
  const connection = useSyncExternalStore(store.watchAll, store.connection, store.connection)

  const router = useRouter()
  const { view, notes, setView } = useViewState(plan, study.file.view)
  const { failure, dismiss, command, mark } = useCommands(live)
  const [looking, setLooking] = useState(false)
  const [room, setRoom] = useState<Room | null>(null)
  const [shown] = useState(() => new Signal<Shown>(wholeSheet))
  const grid = useRef<GridHandle>(null)
  const { sheet, size, layout } = useSheet(live, view, room)
  const { passes, passing, shade } = useLooks(live, view)
  const picked = useMemo(() => new Set(view.picked), [view.picked])
  const update = (change: Partial<ViewState>) => setView((before) => ({ ...before, ...change }))
  const { selected } = view
  const show = (seq: number) => {
    const at = sheet.placeOf(seq)
    if (at) grid.current?.scrollTo(at)
    requestAnimationFrame(() => grid.current?.focus(seq))
  }
  // A link may lead to one cell of very many.
  const arrived = useRef(false)
  useEffect(() => {
    const at = selected === null || !room || arrived.current ? null : sheet.placeOf(selected)
    if (room) arrived.current = true
    if (at) grid.current?.scrollTo(at)
  }, [room, selected, sheet])
  const select = (seq: number) => {
    update({ selected: seq })
    show(seq)
  }
  const pickMany = (seqs: number[], add: boolean) =>
    setView((before) => ({ ...before, picked: [...new Set([...(add ? before.picked : []), ...seqs])] }))
  const pick = (seq: number, way: PickWay) => {
    const from = selected ?? view.picked.at(-1) ?? null
    const [a, b] = [from === null ? null : sheet.placeOf(from), sheet.placeOf(seq)]
    if (way === 'range' && a && b) pickMany(cellsBetween(sheet, a, b), true)
    else
      update({ picked: picked.has(seq) ? view.picked.filter((each) => each !== seq) : [...view.picked, seq] })
  }
  const step = (columns: number, rows: number, pickToo = false) => {
    const from = selected === null ? null : sheet.placeOf(selected)
    const column = clamp((from?.column ?? 0) + (from ? columns : 0), sheet.columnCount)
    const row = clamp((from?.row ?? 0) + (from ? rows : 0), sheet.rowCount)
    const seq = sheet.cell(row, column)
    if (seq < 0) return
    if (pickToo) pickMany(selected === null ? [seq] : [selected, seq], true)
    select(seq)
  }
  const turnPage = (by: number) => {
    const axis = [...view.places.pages, ...view.places.slider][0]
    if (axis === undefined) return
    const point = clamp((view.at[axis] ?? 0) + by, plan.axes[axis]!.points.length)
    update({ at: { ...view.at, [axis]: point } })
  }
  /** The cells an action is meant for: those picked, else the one selected. */
  const meant = view.picked.length > 0 ? view.picked : selected === null ? [] : [selected]
  const toggleMark = (kind: 'star' | 'reject') => () => {
    const all = meant.every((seq) => store.cell(seq)?.cell.mark === kind)
    if (meant.length > 0) mark(meant, { mark: all ? null : kind })
  }
  const onSelected = (act: (seq: number) => void) => () => {
    if (selected !== null) act(selected)
  }

  // Its axes were made longer or shorter, here or in another tab: the page brings the study as it is now.
  const edition = useSyncExternalStore(store.watchAll, store.edition, store.edition)
  useEffect(() => {
    if (edition > study.edition) router.refresh()
  }, [edition, study.edition, router])
  const compared = useMemo(
    () => compareSeqs({ plan, sheet, picked: view.picked, selected }),
    [plan, sheet, view.picked, selected],
  )
  const compareWith = (seqs: number[], reference: number) =>
    `/studies/${study.id}/compare${writeCompare(
      { seqs, reference, lens: wholePicture, mode: 'side', amount: standardAmount('side') },
      plan.size,
    )}`
  const compareUrl = compareWith(compared, compared.find((seq) => seq === selected) ?? compared[0]!)
  const failedPicked = view.picked.filter((seq) => store.status[seq] === statusByte.failed)
  const { status } = progress
  const active = status === 'running' || status === 'paused'
  const pause = () => command(status === 'paused' ? 'resume' : 'pause')
  const wantMeasures = () => live.want([store.status.indexOf(statusByte.done)].filter((seq) => seq >= 0))

  return (
    <div className={styles.screen}>
      <StudyBar
        title={study.title}
        planned={plan.size}
        progress={progress}
        connection={connection}
        compareUrl={compareUrl}
        sheetUrl={`/studies/${study.id}/sheet${sheetQuery(view)}`}
        effectsUrl={`/studies/${study.id}/effects`}
        onCommand={command}
      />
      <AxisStrip
        plan={plan}
        places={view.places}
        at={view.at}
        hidden={view.hidden}
        onPlaces={(places) => update({ places })}
        onAt={(axis, point) => update({ at: { ...view.at, [axis]: point } })}
        onHidden={(axis, points) => update({ hidden: { ...view.hidden, [axis]: points } })}
        onExtend={(axis) => (
          <AddValues file={study.file} axes={plan.axes} axis={axis} address={live.address} />
        )}
      >
        <FilterMenu
          store={store}
          filter={view.filter}
          passing={passing}
          of={plan.size}
          onOpen={wantMeasures}
          onFilter={(filter) => update({ filter })}
        />
        <ColourMenu
          store={store}
          colour={view.colour}
          onOpen={wantMeasures}
          onColour={(colour) => update({ colour })}
        />
        <SizeMenu
          size={size}
          fitted={view.size === null}
          onSize={(chosen) => update({ size: chosen === null ? null : clampSize(chosen) })}
        />
      </AxisStrip>
      <Notices connection={connection} notes={notes} failure={failure} onDismiss={dismiss} />
      <div className={styles.stage}>
        <main className={styles.sheet}>
          <Grid
            ref={grid}
            live={live}
            sheet={sheet}
            layout={layout}
            room={room}
            selected={selected}
            picked={picked}
            passes={passes}
            shade={shade}
            label={`${study.title}, ${plan.size} cells`}
            onSelect={select}
            onPick={pick}
            onPickMany={pickMany}
            onOpen={(seq) => {
              update({ selected: seq })
              setLooking(true)
            }}
            onRetry={(seq) => command('retry', { seqs: [seq] })}
            onSize={(chosen) => update({ size: chosen })}
            onRoom={setRoom}
            shown={shown}
          />
          {view.picked.length > 0 && (
            <SelectionBar
              count={view.picked.length}
              failed={failedPicked.length}
              tooMany={!picksFit(view.picked)}
              compareUrl={view.picked.length > 1 ? compareUrl : null}
              onMark={(change) => mark(view.picked, change)}
              onRetry={() => command('retry', { seqs: failedPicked })}
              onSkip={() => command('skip', { seqs: view.picked })}
              onClear={() => update({ picked: [] })}
            />
          )}
          <Minimap store={store} sheet={sheet} shown={shown} onGo={(at) => grid.current?.scrollTo(at)} />
        </main>
        {selected !== null && (
          <CellPanel
            file={study.file}
            reference={study.reference}
            live={live}
            pack={pack}
            sheet={sheet}
            seq={selected}
            onMark={(change) => mark([selected], change)}
            onCommand={(what) => command(what, { seqs: [selected] })}
            compareTakes={(seq, takes) =>
              compareWith([seq, ...takes.map((take) => takeNumber(plan.size, seq, take))], seq)
            }
            onOpen={() => setLooking(true)}
            onClose={() => update({ selected: null })}
          />
        )}
      </div>
      {looking && selected !== null && (
        <Looker
          plan={plan}
          store={store}
          seq={selected}
          onStep={step}
          onClose={() => {
            setLooking(false)
            show(selected)
          }}
        />
      )}
      <Shortcuts
        list={[
          {
            keys: 'ArrowLeft ArrowRight ArrowUp ArrowDown',
            does: 'Go from cell to cell; with Shift, pick them',
            run: (event) => step(...arrows[event.key]!, event.shiftKey),
          },
          { keys: 'Enter', does: 'Look closer', run: onSelected(() => setLooking(true)) },
          { keys: 'Space', does: 'Pick', run: onSelected((seq) => pick(seq, 'toggle')) },
          {
            keys: 'a',
            does: 'Pick all cells on this page that the filter shows',
            run: () => pickMany(shownSeqs(sheet).filter(passes), false),
          },
          { keys: 'c', does: 'Compare', run: () => router.push(compareUrl) },
          { keys: 'e', does: 'Effects', run: () => router.push(`/studies/${study.id}/effects`) },
          {
            keys: '1 2 3 4 5',
            does: 'Rate',
            run: (event) => {
              if (meant.length > 0) mark(meant, { rating: Number(event.key) as 1 | 2 | 3 | 4 | 5 })
            },
          },
          { keys: 's', does: 'Star', run: toggleMark('star') },
          { keys: 'x', does: 'Reject', run: toggleMark('reject') },
          {
            keys: 't',
            does: 'Swap columns and rows',
            run: () => update({ places: swapPlaces(view.places) }),
          },
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
          {
            keys: 'Escape',
            does: 'Let go of picked cells, then close the panel',
            run: () => update(view.picked.length > 0 ? { picked: [] } : { selected: null }),
          },
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

const shownSeqs = (sheet: Parameters<typeof cellsBetween>[0]): number[] =>
  cellsBetween(sheet, { row: 0, column: 0 }, { row: sheet.rowCount - 1, column: sheet.columnCount - 1 })
