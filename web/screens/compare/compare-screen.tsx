'use client'

import { useRouter, useSearchParams } from 'next/navigation'
import { useEffect, useMemo, useRef, useState } from 'react'
import { coordsOf, makePlan, type PackInfo, type Plan, seqOf } from '#study'
import { Button } from '../../shell/button.tsx'
import { Key } from '../../shell/key.tsx'
import { Shortcuts } from '../../shell/shortcuts.tsx'
import { TopBar } from '../../shell/top-bar.tsx'
import { CellStore } from '../../state/cell-store.ts'
import { connectStudy } from '../../state/connect-study.ts'
import type { WireCell, WireStudy } from '../../wire/study.ts'
import { alongAxis } from '../study/compare-seqs.ts'
import { square } from '../study/names.ts'
import { placeOf } from '../study/place-of.ts'
import { sheetOf } from '../study/sheet-grid.ts'
import { standardPlaces } from '../study/use-view-state.ts'
import styles from './compare-screen.module.css'
import { type CompareState, readCompare, writeCompare } from './compare-url.ts'
import { apart, differingParameters } from './differences.ts'
import { Findings } from './findings.tsx'
import { bestColumns, wholePicture, zoomedAt } from './lens.ts'
import { NothingPicked } from './nothing-picked.tsx'
import { Tile } from './tile.tsx'
import { useRoom } from './use-room.ts'

const gap = 8
const pad = 16

/** Two to nine cells side by side under one lens. */
export function CompareScreen(props: {
  study: WireStudy
  pack: PackInfo
  version: string
  cells: WireCell[]
}) {
  const { study, pack } = props
  const plan = useMemo(() => makePlan(study.file, pack).plan!, [study.file, pack])
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

  const router = useRouter()
  const params = useSearchParams()
  const state = useMemo(() => readCompare(params, plan.size), [params, plan.size])
  const [copied, setCopied] = useState(false)
  const stage = useRef<HTMLDivElement>(null)
  const room = useRoom(stage)

  if (!state) return <NothingPicked study={study} />

  const { seqs, reference, lens } = state
  const go = (change: Partial<CompareState>) =>
    window.history.replaceState(
      null,
      '',
      `${window.location.pathname}${writeCompare({ ...state, ...change })}`,
    )
  const differing = differingParameters(plan, seqs)
  const [width, height] = plan.base.width_height
  const { columns, tile } = bestColumns({
    count: seqs.length,
    width: room.width - pad * 2,
    height: room.height - pad * 2,
    ratio: height / width,
    gap,
  })
  const seedAxis = plan.axes.findIndex((axis) => axis.parameters.includes('seed'))
  const seeds = alongAxis(plan, reference, seedAxis).slice(0, 9)
  const steps = plan.axes.flatMap((axis, index) => {
    const stepped = (by: number) => stepAll(plan, state, index, by)
    return stepped(1) || stepped(-1) ? [{ axis, index, back: stepped(-1), on: stepped(1) }] : []
  })
  const pin = (seq: number) => go({ reference: seq })
  const copy = async () => {
    await navigator.clipboard.writeText(window.location.href)
    setCopied(true)
    setTimeout(() => setCopied(false), 1_600)
  }
  const shown = Math.round(((tile * lens.zoom) / width) * 100)

  return (
    <div className={styles.screen}>
      <TopBar
        crumb={{ href: `/studies/${study.id}`, label: study.title }}
        title={titleOf(plan, study, state, differing)}
        actions={
          <>
            {seeds.length >= 2 && seeds.join() !== seqs.join() && (
              <Button onClick={() => go({ seqs: seeds, reference })}>All seeds of this cell</Button>
            )}
            <Button onClick={() => void copy()}>{copied ? 'Copied' : 'Copy link'}</Button>
          </>
        }
      />
      <div className={styles.stage}>
        <main
          ref={stage}
          className={styles.tiles}
          style={{ gridTemplateColumns: `repeat(${columns}, ${tile}px)`, gap, padding: pad }}
        >
          {tile > 0 &&
            seqs.map((seq) => (
              <Tile
                key={seq}
                store={store}
                seq={seq}
                words={apart(plan, seq, differing)}
                lens={lens}
                width={tile}
                height={Math.round((tile * height) / width)}
                reference={seq === reference}
                onLens={(next) => go({ lens: next })}
                onPin={() => pin(seq)}
                onRemove={
                  seqs.length > 2
                    ? () => {
                        const rest = seqs.filter((each) => each !== seq)
                        go({ seqs: rest, reference: rest.includes(reference) ? reference : rest[0] })
                      }
                    : null
                }
              />
            ))}
        </main>
        <Findings plan={plan} pack={pack} store={store} state={state} differing={differing} onPin={pin} />
      </div>
      <footer className={styles.foot}>
        {steps.length > 0 && <span className={styles.label}>Step</span>}
        {steps.map(({ axis, back, on }, place) => (
          // biome-ignore lint/a11y/useSemanticElements: two buttons of one axis, not form fields
          <span key={axis.name} role="group" aria-label={`Step along ${axis.name}`} className={styles.step}>
            <button
              type="button"
              disabled={!back}
              aria-label={`Back along ${axis.name}`}
              onClick={() => back && go(back)}
            >
              <Key>{stepKeys[place]?.[2] ?? '‹'}</Key>
            </button>
            <button
              type="button"
              disabled={!on}
              aria-label={`On along ${axis.name}`}
              onClick={() => on && go(on)}
            >
              <Key>{stepKeys[place]?.[3] ?? '›'}</Key>
            </button>
            <span>{axis.name}</span>
          </span>
        ))}
        <span className={styles.zoom}>{shown} %, locked together</span>
        <Button shortcut="+" onClick={() => go({ lens: zoomedAt(lens, 1.5, middle) })}>
          Closer
        </Button>
        <Button shortcut="0" disabled={lens.zoom === 1} onClick={() => go({ lens: wholePicture })}>
          Fit
        </Button>
      </footer>
      <Shortcuts
        list={[
          { keys: '+ =', does: 'Look closer', run: () => go({ lens: zoomedAt(lens, 1.5, middle) }) },
          { keys: '-', does: 'Step back', run: () => go({ lens: zoomedAt(lens, 1 / 1.5, middle) }) },
          { keys: '0', does: 'Fit the whole picture', run: () => go({ lens: wholePicture }) },
          {
            keys: 'r',
            does: 'Take the next picture as reference',
            run: () => pin(seqs[(seqs.indexOf(reference) + 1) % seqs.length]!),
          },
          ...steps.flatMap(({ axis, back, on }, place) => {
            const keys = stepKeys[place]
            if (!keys) return []
            return [
              {
                keys: `${keys[0]} ${keys[1]}`,
                does: `Step along ${axis.name}`,
                run: (event: KeyboardEvent) => {
                  const to = event.key === keys[0] ? back : on
                  if (to) go(to)
                },
              },
            ]
          }),
          { keys: 'Escape', does: 'Back to the study', run: () => router.push(`/studies/${study.id}`) },
        ]}
      />
    </div>
  )
}

const middle = { x: 0.5, y: 0.5 }
const stepKeys: [back: string, on: string, backPrinted: string, onPrinted: string][] = [
  ['ArrowLeft', 'ArrowRight', '←', '→'],
  ['ArrowUp', 'ArrowDown', '↑', '↓'],
  ['[', ']', '[', ']'],
]

/** The same comparison one point further along an axis, unless a cell would fall off it. */
function stepAll(
  plan: Plan,
  state: CompareState,
  axis: number,
  by: number,
): Pick<CompareState, 'seqs' | 'reference'> | null {
  const move = (seq: number) => {
    const coords = coordsOf(plan, seq)
    const point = coords[axis]! + by
    return point in plan.axes[axis]!.points ? seqOf(plan, coords.with(axis, point)) : null
  }
  const seqs = state.seqs.map(move)
  if (seqs.includes(null)) return null

  return { seqs: seqs as number[], reference: move(state.reference)! }
}

/** `8 seeds of C3`, else what differs: `5 values of eta`. */
function titleOf(plan: Plan, study: WireStudy, state: CompareState, differing: readonly string[]): string {
  const { seqs, reference } = state
  if (differing.length !== 1) return `${seqs.length} cells`
  if (differing[0] !== 'seed') return `${seqs.length} values of ${differing[0]}`
  const sheet = sheetOf(plan, standardPlaces(plan, study.file.view), {})
  const at = placeOf(sheet, reference)

  return `${seqs.length} seeds${at ? ` of ${square(at.column, at.row)}` : ''}`
}
