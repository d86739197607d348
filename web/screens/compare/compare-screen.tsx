'use client'

import { useRouter } from 'next/navigation'
import { useEffect, useMemo, useRef, useState } from 'react'
import { Button } from '../../shell/button.tsx'
import { Segments } from '../../shell/segments.tsx'
import { Shortcuts } from '../../shell/shortcuts.tsx'
import { TopBar } from '../../shell/top-bar.tsx'
import { useLiveStudy } from '../../shell/use-live-study.ts'
import { useUrlState } from '../../shell/use-url-state.ts'
import type { PageSheet } from '../../state/page-sheet.ts'
import { alongAxis, nearest } from '../study/compare-seqs.ts'
import { CompareFoot, stepsOf } from './compare-foot.tsx'
import { compareKeys } from './compare-keys.ts'
import styles from './compare-screen.module.css'
import { compareTitle } from './compare-title.ts'
import { type CompareState, readCompare, writeCompare } from './compare-url.ts'
import { apart, differingParameters } from './differences.ts'
import { Findings } from './findings.tsx'
import { bestColumns } from './lens.ts'
import { modes, modeWords, standardAmount } from './modes.ts'
import { NothingPicked } from './nothing-picked.tsx'
import { putAt, shifted, without } from './step-all.ts'
import { cellOfNumber } from './takes.ts'
import { Tile } from './tile.tsx'
import { useBlink } from './use-blink.ts'
import { useRoom } from './use-room.ts'
import { useTakes } from './use-takes.ts'

const gap = 8
const pad = 16

/** Two to sixteen cells under one lens, side by side or each against a reference. All of it is in the URL. */
export function CompareScreen(props: PageSheet) {
  const { study, pack } = props
  const { plan, store, want, address } = useLiveStudy(props)
  const router = useRouter()
  const url = useMemo(
    () => ({
      read: (params: URLSearchParams) => readCompare(params, plan.size),
      write: (now: CompareState | null) => (now ? writeCompare(now, plan.size) : ''),
    }),
    [plan.size],
  )
  const { state, notes, setState } = useUrlState(url)
  const [copied, setCopied] = useState(false)
  const [focused, setFocused] = useState<number | null>(null)
  const stage = useRef<HTMLDivElement>(null)
  const room = useRoom(stage)
  const blink = useBlink(state?.mode === 'blink', state?.amount ?? 1)
  const seqsShown = state?.seqs.join()
  const cellOf = (number: number) => cellOfNumber(plan.size, number)
  // biome-ignore lint/correctness/useExhaustiveDependencies: by the cells, not by the list they come in
  useEffect(() => want(state?.seqs.map(cellOf) ?? []), [want, seqsShown])
  const takes = useTakes(address, plan.size, state?.seqs ?? [])

  if (!state) return <NothingPicked study={study} notes={notes} />

  const { seqs, reference, lens, mode } = state
  const go = (change: Partial<CompareState>) => setState((now) => (now ? { ...now, ...change } : now))
  const differing = differingParameters(plan, seqs)
  // Against the reference each other tile shows both, so the reference needs none of its own.
  const tiles = mode === 'side' || seqs.length === 1 ? seqs : seqs.filter((seq) => seq !== reference)
  const [width, height] = plan.base.width_height
  const { columns, tile } = bestColumns({
    count: tiles.length,
    width: room.width - pad * 2,
    height: room.height - pad * 2,
    ratio: height / width,
    gap,
  })
  const seedAxis = plan.axes.findIndex((axis) => axis.parameters.includes('seed'))
  const seeds = nearest(alongAxis(plan, cellOf(reference), seedAxis), cellOf(reference))
  const hasOtherSeeds = seeds.length >= 2 && seeds.join() !== seqs.join()
  const steps = stepsOf(plan, state)
  const current = focused !== null && tiles.includes(focused) ? focused : tiles[0]!
  const choose = (next: CompareState['mode']) => go({ mode: next, amount: standardAmount(next) })
  const showSeeds = () => hasOtherSeeds && go({ seqs: seeds, reference: cellOf(reference) })
  const takeOut = (seq: number) => seqs.length > 2 && go(without(state, seq))
  const copy = async () => {
    await navigator.clipboard.writeText(window.location.href)
    setCopied(true)
    setTimeout(() => setCopied(false), 1_600)
  }

  return (
    <div className={styles.screen}>
      <TopBar
        crumb={{ href: `/studies/${study.id}`, label: study.title }}
        title={compareTitle(plan, state, differing)}
        status={<span data-wide />}
        actions={
          <>
            <Segments
              label="How to compare"
              options={modes.map((value) => ({ value, label: modeWords[value] }))}
              value={mode}
              onChange={choose}
            />
            {hasOtherSeeds && (
              <Button shortcut="S" onClick={showSeeds}>
                All seeds
              </Button>
            )}
            <Button onClick={() => void copy()}>{copied ? 'Copied' : 'Copy link'}</Button>
          </>
        }
      />
      {notes.length > 0 && (
        <p className={styles.notes} role="status">
          {notes.join(' ')}
        </p>
      )}
      <div className={styles.stage}>
        <main
          ref={stage}
          className={styles.tiles}
          style={{ gridTemplateColumns: `repeat(${columns}, ${tile}px)`, gap, padding: pad }}
        >
          {tile > 0 &&
            tiles.map((seq) => (
              <Tile
                key={seq}
                store={store}
                seq={seq}
                takes={takes}
                state={state}
                words={apart(plan, seq, differing)}
                referenceWords={apart(plan, reference, differing)}
                width={tile}
                height={Math.round((tile * height) / width)}
                isTurn={blink.isTurn}
                onGo={go}
                onFocus={() => setFocused(seq)}
                onShift={(by) => go({ seqs: shifted(seqs, seq, by) })}
                onPut={(other) => seqs.includes(other) && go({ seqs: putAt(seqs, other, seq) })}
                onRemove={seqs.length > 2 ? () => takeOut(seq) : null}
              />
            ))}
        </main>
        <Findings
          plan={plan}
          pack={pack}
          store={store}
          state={state}
          differing={differing}
          onPin={(seq) => go({ reference: seq })}
        />
      </div>
      <CompareFoot
        steps={steps}
        state={state}
        shown={Math.round(((tile * lens.zoom) / width) * 100)}
        onGo={go}
      />
      <Shortcuts
        list={compareKeys({
          state,
          steps,
          current,
          turn: blink.turn,
          onGo: go,
          onMode: choose,
          onSeeds: showSeeds,
          onRemove: () => takeOut(current),
          onBack: () => router.push(`/studies/${study.id}`),
        })}
      />
    </div>
  )
}
