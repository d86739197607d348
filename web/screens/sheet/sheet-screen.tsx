'use client'

import { useRouter } from 'next/navigation'
import { useDeferredValue, useMemo, useState } from 'react'
import { composeSheet, type FormatName, formatNamed, sheetFeasibility } from '#charts'
import { makePlan, type PackInfo } from '#study'
import { Button } from '../../shell/button.tsx'
import { Shortcuts } from '../../shell/shortcuts.tsx'
import { TopBar } from '../../shell/top-bar.tsx'
import { useUrlState } from '../../shell/use-url-state.ts'
import { optionsOf, viewOf } from '../../wire/sheet-query.ts'
import type { WireStudy } from '../../wire/study.ts'
import { AxesPanel } from './axes-panel.tsx'
import { arrangementOf, arrangementWords, changed, readDesign, type Say, swapped } from './design.ts'
import { FormatPanel } from './format-panel.tsx'
import { LinksPanel } from './links-panel.tsx'
import { LooksPanel } from './looks-panel.tsx'
import { saveFile } from './save-file.ts'
import styles from './sheet-screen.module.css'
import { Stage } from './stage.tsx'
import { useCells } from './use-cells.ts'
import { usePrint } from './use-print.ts'
import { WordsPanel } from './words-panel.tsx'

/** The sheet as it will be taken home: seen while it is designed, in the very layout that is printed. */
export function SheetScreen({ study, pack }: { study: WireStudy; pack: PackInfo }) {
  const router = useRouter()
  const { state: said, setState } = useUrlState(address)
  const params = useMemo(() => new URLSearchParams(said), [said])
  const plan = useMemo(() => makePlan(study.file, pack).plan!, [study.file, pack])
  const { cells, sizes, isWhole, problem: reading } = useCells(study.id, study.status === 'running')
  const printer = usePrint()
  const [zoomed, setZoomed] = useState(false)

  const query = useMemo(() => readDesign(params), [params])
  const format = sheetFormatOf(params.get('format'))
  const wanted = useDeferredValue(query)
  const sheet = useMemo(
    () =>
      composeSheet({
        study: { id: study.id, title: study.title, file: study.file },
        plan,
        cells,
        view: viewOf(wanted),
        options: { ...optionsOf(wanted), date: (study.finishedAt ?? study.updatedAt).slice(0, 10) },
      }),
    [study, plan, cells, wanted],
  )
  const page = Math.min(Number(params.get('page') ?? 0) || 0, sheet.pages.length - 1)
  const can = useMemo(() => sheetFeasibility(sheet, format.name), [sheet, format])

  const say: Say = (words) => setState((now) => changed(new URLSearchParams(now), words).toString())
  const words = () => Object.fromEntries([...params].filter(([key]) => key !== 'format' && key !== 'page'))
  const print = (name: FormatName) =>
    printer.print(study.id, {
      query: words(),
      format: name,
      ...(needsPage(name) && sheet.pages.length > 1 ? { page } : {}),
    })
  const download = async () => {
    const file = await print(format.name)
    if (file) saveFile(`${file}?download`)
  }
  const copy = async () => {
    // The picture is promised rather than fetched first: browsers let a page copy only while a press is fresh.
    const png = print('png').then(async (file) => {
      if (!file) throw new Error('not printed')

      return (await fetch(file)).blob()
    })
    await navigator.clipboard.write([new ClipboardItem({ 'image/png': png })])
  }
  const arrangement = arrangementOf(query, plan)
  const isBusy = printer.now.state === 'busy'

  return (
    <div className={styles.screen}>
      <TopBar
        crumb={{ href: `/studies/${study.id}`, label: study.title }}
        title="Sheet"
        actions={
          <>
            <span className={styles.copy}>
              <CopyButton disabled={isBusy || sheetFeasibility(sheet, 'png').problem !== null} copy={copy} />
            </span>
            <Button
              kind="primary"
              shortcut="D"
              disabled={can.problem !== null || isBusy || !isWhole}
              onClick={download}
            >
              {`Download ${format.title}`}
            </Button>
          </>
        }
      />
      <div className={styles.stage}>
        <Stage
          sheet={sheet}
          page={page}
          sizes={sizes}
          isWhole={isWhole}
          problem={reading}
          title={study.title}
          zoomed={zoomed}
          onZoom={setZoomed}
          onPage={(next) => say({ page: next === 0 ? null : String(next) })}
        />
        <aside className={styles.panel} aria-label="How to print it">
          <FormatPanel
            sheet={sheet}
            format={format}
            can={can}
            printing={printer.now}
            missing={study.progress.counts.cells - study.progress.counts.excluded - sheetPictures(cells)}
            isWhole={isWhole}
            along={query.along}
            onAlong={(axis) => say({ along: axis })}
            onFormat={(name) => say({ format: name === 'png' ? null : name })}
            onCancel={printer.cancel}
          />
          <AxesPanel {...{ query, arrangement, say }} plan={sheet.plan} />
          <LooksPanel
            {...{ query, arrangement, say }}
            hasCurves={query.strips === false || sheet.pages.some(({ curves }) => curves.length > 0)}
          />
          <WordsPanel {...{ query, say }} title={study.title} />
          <LinksPanel studyId={study.id} words={words} printed={query.link} say={say} />
        </aside>
      </div>
      <Shortcuts
        list={[
          { keys: 'd', does: `Download ${format.title}`, run: () => void download() },
          { keys: 'c', does: 'Copy the picture', run: () => void copy().catch(() => undefined) },
          { keys: 'x', does: 'Columns become rows', run: () => say(arrangementWords(swapped(arrangement))) },
          {
            keys: 't',
            does: 'Other theme',
            run: () => say({ theme: query.theme === 'light' ? 'dark' : null }),
          },
          { keys: 'z', does: 'Whole page, or its pixels', run: () => setZoomed(!zoomed) },
          {
            keys: 'PageDown PageUp',
            does: 'Next page, page before',
            run: ({ key }) => {
              const next = page + (key === 'PageDown' ? 1 : -1)
              if (next >= 0 && next < sheet.pages.length) say({ page: next === 0 ? null : String(next) })
            },
          },
          { keys: 'Escape', does: 'Back to the study', run: () => router.push(`/studies/${study.id}`) },
        ]}
      />
    </div>
  )
}

/** The design is the words of the address, whatever they say; `readDesign` takes those that mean something. */
const address = {
  read: (params: URLSearchParams) => ({ state: params.toString(), notes: [] }),
  write: (words: string) => words && `?${words}`,
}

const sheetFormatOf = (name: string | null) =>
  formatNamed((name ?? 'png') as FormatName) ?? formatNamed('png')

/** Formats that hold one page take the one that is looked at. */
const needsPage = (name: FormatName): boolean =>
  !formatNamed(name).pages && formatNamed(name).kind !== 'moving'

const sheetPictures = (cells: readonly { image: string | null }[]): number =>
  cells.reduce((sum, { image }) => sum + (image ? 1 : 0), 0)

function CopyButton({ copy, disabled }: { copy: () => Promise<void>; disabled: boolean }) {
  const [says, setSays] = useState('Copy image')

  return (
    <Button
      shortcut="C"
      disabled={disabled}
      onClick={() => {
        copy().then(
          () => setSays('Copied'),
          () => setSays('Not copied'),
        )
      }}
    >
      <span aria-live="polite">{says}</span>
    </Button>
  )
}
