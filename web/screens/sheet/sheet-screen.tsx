'use client'

import { useRouter, useSearchParams } from 'next/navigation'
import { useMemo, useState } from 'react'
import { sheetSize } from '#charts'
import { makePlan, type PackInfo } from '#study'
import { Button } from '../../shell/button.tsx'
import { Picture } from '../../shell/picture.tsx'
import { Segments } from '../../shell/segments.tsx'
import { Shortcuts } from '../../shell/shortcuts.tsx'
import { TopBar } from '../../shell/top-bar.tsx'
import { readView } from '../../wire/read-view.ts'
import type { WireStudy } from '../../wire/study.ts'
import styles from './sheet-screen.module.css'

const themes = [
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
] as const
const cellSizes = ['auto', '64', '128', '192', '256', '384'] as const
type CellSize = (typeof cellSizes)[number]

/** The sheet as it will be taken home: seen before it is downloaded, and made of exactly the same bytes. */
export function SheetScreen({ study, pack }: { study: WireStudy; pack: PackInfo }) {
  const router = useRouter()
  const params = useSearchParams()
  const [printed, setPrinted] = useState<{ url: string; state: 'ready' | 'failed' } | null>(null)
  const plan = useMemo(() => makePlan(study.file, pack).plan!, [study.file, pack])

  const theme = params.get('theme') === 'dark' ? 'dark' : 'light'
  const size = cellSizes.find((each) => each === params.get('size')) ?? 'auto'
  const cell = size === 'auto' ? undefined : Number(size)
  const forecast = useMemo(() => {
    const said = (key: string) => params.get(key) ?? undefined
    const view = readView({ cols: said('cols'), rows: said('rows'), pages: said('pages'), at: said('at') })
    return sheetSize(plan, view, { cell })
  }, [plan, params, cell])
  const query = new URLSearchParams([
    ...['cols', 'rows', 'pages', 'at'].flatMap((key) =>
      params.get(key) === null ? [] : [[key, params.get(key)!]],
    ),
    ['theme', theme],
    ...(size === 'auto' ? [] : [['size', size]]),
  ])
  const url = `/api/studies/${study.id}/sheet.png?${query}`
  const { counts } = study.progress
  const missing = counts.cells - counts.excluded - counts.done

  const choose = (key: string, value: string, standard: string) => {
    const next = new URLSearchParams(params)
    if (value === standard) next.delete(key)
    else next.set(key, value)
    window.history.replaceState(null, '', `?${next}`)
  }

  return (
    <div className={styles.screen}>
      <TopBar
        crumb={{ href: `/studies/${study.id}`, label: study.title }}
        title="Sheet"
        actions={
          <Button
            kind="primary"
            shortcut="D"
            disabled={forecast.problem !== null}
            onClick={() => download(`${url}&download`)}
          >
            Download PNG
          </Button>
        }
      />
      <div className={styles.stage}>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so keys must reach it */}
        <main className={styles.table} tabIndex={0} aria-busy={printed?.url !== url}>
          {forecast.problem ? (
            <p className={styles.problem} role="alert">
              {forecast.problem}
            </p>
          ) : (
            <div
              className={styles.paper}
              data-theme-of-sheet={theme}
              style={{
                aspectRatio: `${forecast.width} / ${forecast.height}`,
                width: `min(100%, ${forecast.width}px)`,
              }}
            >
              {printed?.url !== url && <p className={styles.printing}>Printing …</p>}
              {printed?.url === url && printed.state === 'failed' ? (
                <p className={styles.problem} role="alert">
                  The sheet could not be printed; the server log says why. Every picture is safe. Reload to
                  try again.
                </p>
              ) : (
                <Picture
                  key={url}
                  src={url}
                  alt={`The sheet of ${study.title}`}
                  onLoad={() => setPrinted({ url, state: 'ready' })}
                  onError={() => setPrinted({ url, state: 'failed' })}
                />
              )}
            </div>
          )}
        </main>
        <aside className={styles.panel} aria-label="How to print it">
          <section>
            <h2 className={styles.label}>Theme</h2>
            <Segments
              label="Theme"
              options={themes}
              value={theme}
              onChange={(value) => choose('theme', value, 'light')}
            />
          </section>
          <section>
            <h2 className={styles.label}>Width of a picture</h2>
            <Segments<CellSize>
              label="Width of a picture in pixels"
              options={cellSizes.map((value) => ({ value, label: value === 'auto' ? 'Auto' : value }))}
              value={size}
              onChange={(value) => choose('size', value, 'auto')}
            />
          </section>
          <section>
            <h2 className={styles.label}>The picture</h2>
            <p className={styles.big}>
              {forecast.width} × {forecast.height}
            </p>
            <p className={styles.muted}>{forecast.megapixels.toFixed(1)} megapixels, PNG</p>
          </section>
          {missing > 0 && (
            <p className={styles.note}>
              {missing === 1 ? 'One cell has' : `${missing} cells have`} no picture yet and will say so on the
              sheet.
            </p>
          )}
          <p className={styles.muted}>
            The study itself travels inside the picture, so whoever has the sheet has its settings.
          </p>
        </aside>
      </div>
      <Shortcuts
        list={[
          { keys: 'd', does: 'Download', run: () => download(`${url}&download`) },
          {
            keys: 't',
            does: 'Other theme',
            run: () => choose('theme', theme === 'light' ? 'dark' : 'light', 'light'),
          },
          { keys: 'Escape', does: 'Back to the study', run: () => router.push(`/studies/${study.id}`) },
        ]}
      />
    </div>
  )
}

/** Through a link rather than a fetch: the browser streams it to disk and names it as the server says. */
function download(url: string) {
  const link = document.createElement('a')
  link.href = url
  link.download = ''
  link.click()
}
