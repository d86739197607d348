'use client'

import dynamic from 'next/dynamic'
import { useRouter } from 'next/navigation'
import { useCallback, useMemo, useRef, useSyncExternalStore } from 'react'
import { analyse, effectsCsv, measuresIn } from '#charts'
import { Popover, PopoverItem } from '../../shell/popover.tsx'
import { Segments } from '../../shell/segments.tsx'
import { Shortcuts } from '../../shell/shortcuts.tsx'
import { TopBar } from '../../shell/top-bar.tsx'
import { useLiveStudy } from '../../shell/use-live-study.ts'
import { useUrlState } from '../../shell/use-url-state.ts'
import type { PageSheet } from '../../state/page-sheet.ts'
import styles from './effects-screen.module.css'
import {
  crossable,
  type EffectsState,
  figureLabels,
  figures,
  readEffects,
  writeEffects,
} from './effects-url.ts'
import { figureFile, save } from './export-figure.ts'
import type { FigureProps, Mark } from './figure-props.ts'
import { FigureTable } from './figure-table.tsx'
import { Nothing } from './nothing.tsx'
import { Picker } from './picker.tsx'
import { PictureCard } from './picture-card.tsx'
import { ReferenceMenu } from './reference-menu.tsx'
import { Summary } from './summary.tsx'
import { effectAxes, useMeasures } from './use-measures.ts'

/** recharts is a third of all our script, so it comes when someone looks at a figure. */
const loading = () => <p className={styles.muted}>Drawing…</p>
const MainEffects = dynamic(() => import('./main-effects.tsx'), { ssr: false, loading })
const HeatMap = dynamic(() => import('./heat-map.tsx'), { ssr: false, loading })
const VarianceShares = dynamic(() => import('./variance-shares.tsx'), { ssr: false, loading })
const MeasureScatter = dynamic(() => import('./scatter.tsx'), { ssr: false, loading })
const ParallelLines = dynamic(() => import('./parallel.tsx'), { ssr: false, loading })

/** Up to this many cells every measure is at hand from the start, and is analysed for the overview. */
const mostAtHand = 4_000

/** What each axis does to each measure, and whether it is more than chance. */
export function EffectsScreen(props: PageSheet & { measureNames: string[]; reference: number | null }) {
  const { study } = props
  const live = useLiveStudy(props)
  const { plan, store } = live
  const progress = useSyncExternalStore(store.watchAll, store.progress, store.progress)
  const router = useRouter()
  const box = useRef<HTMLDivElement>(null)

  const axes = useMemo(() => effectAxes(plan), [plan])
  // New names come with the first finished cells.
  const known = [...new Set([...props.measureNames, ...store.measures.keys()])].sort().join()
  const measures = useMemo(
    () => measuresIn([Object.fromEntries(known.split(',').map((name) => [name, 0]))]),
    [known],
  )
  const choices = useMemo(() => ({ measures: measures.map(({ name }) => name), axes }), [measures, axes])
  const url = useMemo(
    () => ({
      read: (params: URLSearchParams) => ({ state: readEffects(params, choices), notes: [] }),
      write: (shown: EffectsState) => writeEffects(shown, choices),
    }),
    [choices],
  )
  const { state, setState } = useUrlState(url)
  const measure = measures.find(({ name }) => name === state.measure)
  const against = measures.find(({ name }) => name === state.against)
  const all = plan.size <= mostAtHand || state.figure === 'parallel'
  const columns = useMeasures(live, all ? choices.measures : [state.measure, state.against].filter(Boolean))
  const values = columns.get(state.measure)
  const analysis = useMemo(() => (values ? analyse({ axes, values }) : null), [axes, values])

  const go = (change: Partial<EffectsState>) => setState((now) => ({ ...now, ...change }))
  const hrefOf = (seq: number) => `/studies/${study.id}?cell=${seq}`
  const open = (seq: number) => router.push(hrefOf(seq))
  const card = useCallback((mark: Mark) => <PictureCard study={live} mark={mark} />, [live])

  const bar = { crumb: { href: `/studies/${study.id}`, label: study.title }, title: 'Effects' }
  const measured = values?.some((value) => !Number.isNaN(value))
  if (!measure || !against || !values || !measured)
    return (
      <>
        <TopBar {...bar} />
        <Nothing
          study={study}
          done={progress.counts.done}
          complete={store.complete && (!state.measure || store.measures.has(state.measure))}
        />
      </>
    )

  const pair = { column: state.columns, row: state.rows }
  const crossed = crossable(axes)
  const data: FigureProps = { axes, measure, values, analysis, columns, measures, card, open }
  const stem = `${study.title} - ${measure.label}`
  const takeFigure = async (format: 'svg' | 'png') =>
    save(await figureFile(box.current!, `${study.title}: ${measure.label}`, format), `${stem}.${format}`)
  const takeCsv = () => {
    const images = Array.from({ length: plan.size }, (_, seq) => store.cell(seq)?.cell.image ?? null)
    save(
      new Blob([effectsCsv({ axes, images, measures: columns })], { type: 'text/csv' }),
      `${study.title}.csv`,
    )
  }
  const takes = [
    { label: 'Figure as SVG', take: () => void takeFigure('svg') },
    { label: 'Figure as PNG', take: () => void takeFigure('png') },
    { label: 'All measures as CSV', take: takeCsv },
  ]
  const options = measures.map(({ name, label }) => ({ value: name, label }))
  const axisOptions = crossed.map((k) => ({ value: String(k), label: axes[k]!.name }))

  return (
    <div className={styles.screen}>
      <TopBar
        {...bar}
        actions={
          <Popover className={styles.export} label="Export" button="Export">
            {(close) =>
              takes.map(({ label, take }) => (
                <PopoverItem
                  key={label}
                  onClick={() => {
                    close()
                    take()
                  }}
                >
                  {label}
                </PopoverItem>
              ))
            }
          </Popover>
        }
      />
      <section className={styles.strip} aria-label="What is shown">
        <Picker
          className={styles.picker!}
          label="Measure"
          value={measure.name}
          options={options}
          onChange={(name) => go({ measure: name })}
        />
        <Segments
          label="Figure"
          options={figures.map((value) => ({ value, label: figureLabels[value] }))}
          value={state.figure}
          onChange={(figure) => go({ figure })}
        />
        {props.pack.lpips && <ReferenceMenu live={live} reference={props.reference} hrefOf={hrefOf} />}
        {state.figure === 'together' && crossed.length > 1 && (
          <>
            <Picker
              className={styles.picker!}
              label="Across"
              value={String(state.columns)}
              options={axisOptions}
              onChange={(k) =>
                go({ columns: Number(k), rows: Number(k) === state.rows ? state.columns : state.rows })
              }
            />
            <Picker
              className={styles.picker!}
              label="Down"
              value={String(state.rows)}
              options={axisOptions}
              onChange={(k) =>
                go({ rows: Number(k), columns: Number(k) === state.columns ? state.rows : state.columns })
              }
            />
            <label className={styles.check}>
              <input
                type="checkbox"
                checked={state.beyond}
                onChange={(event) => go({ beyond: event.target.checked })}
              />
              Only what goes beyond both alone
            </label>
          </>
        )}
        {state.figure === 'scatter' && (
          <Picker
            className={styles.picker!}
            label="Against"
            value={against.name}
            options={options}
            onChange={(name) => go({ against: name })}
          />
        )}
      </section>
      <div className={styles.stage}>
        <main className={styles.main}>
          <p className={styles.says}>{measure.says}</p>
          <div ref={box} className={styles.figure}>
            {state.figure === 'main' && <MainEffects {...data} />}
            {state.figure === 'together' &&
              (crossed.length > 1 ? (
                <HeatMap {...data} pair={pair} beyond={state.beyond} />
              ) : (
                <p className={styles.muted}>
                  An interaction takes two axes with more than one value each; this study has{' '}
                  {crossed.length === 1 ? 'one' : 'none'}.
                </p>
              ))}
            {state.figure === 'variance' &&
              (analysis ? (
                <VarianceShares {...data} />
              ) : (
                <p className={styles.muted}>
                  Shares of the variance take a grid without gaps, of two cells or more. Too few cells are
                  done for that.
                </p>
              ))}
            {state.figure === 'scatter' && <MeasureScatter {...data} against={against} />}
            {state.figure === 'parallel' && <ParallelLines {...data} />}
          </div>
          {(state.figure !== 'together' || crossed.length > 1) && (
            <FigureTable
              figure={state.figure === 'scatter' || state.figure === 'parallel' ? 'cells' : state.figure}
              data={data}
              pair={pair}
              hrefOf={hrefOf}
            />
          )}
        </main>
        <Summary
          axes={axes}
          measure={measure}
          measures={measures}
          columns={columns}
          analysis={analysis}
          overview={plan.size <= mostAtHand}
          progress={progress}
          choose={(name) => go({ measure: name })}
        />
      </div>
      <Shortcuts
        list={[
          ...figures.map((figure, k) => ({
            keys: String(k + 1),
            does: figureLabels[figure],
            run: () => go({ figure }),
          })),
          {
            keys: 'm',
            does: 'Next measure',
            run: () => go({ measure: next(choices.measures, state.measure) }),
          },
          { keys: 'd', does: 'Download all figures as CSV', run: takeCsv },
          { keys: 'Escape', does: 'Back to the study', run: () => router.push(`/studies/${study.id}`) },
        ]}
      />
    </div>
  )
}

const next = (names: readonly string[], name: string): string =>
  names[(names.indexOf(name) + 1) % names.length]!
