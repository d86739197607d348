'use client'

import Link from 'next/link'
import { useMemo, useRef, useState } from 'react'
import { sheetSize } from '#charts'
import { advise, completeRecipe, makePlan, type PackInfo, type Plan, type StudyFile } from '#study'
import { Button } from '../../shell/button.tsx'
import { useDroppedFiles } from '../../shell/dropped.ts'
import { openFile } from '../../shell/open-file.ts'
import { Popover } from '../../shell/popover.tsx'
import { Shortcuts } from '../../shell/shortcuts.tsx'
import { TopBar } from '../../shell/top-bar.tsx'
import { AddAxis } from './add-axis.tsx'
import { AxisList } from './axis-list.tsx'
import styles from './builder-screen.module.css'
import { fileOf, readAxis, titleFrom } from './draft.ts'
import { Miniature } from './miniature.tsx'
import { placesOf } from './places.ts'
import { PreflightCard } from './preflight-card.tsx'
import { asLine } from './prompt-text.ts'
import { RecipeForm, soundRecipe } from './recipe-form.tsx'
import { Says } from './says.tsx'
import { SkipRules } from './skip-rules.tsx'
import { TornNotice } from './torn-notice.tsx'
import { type SavedDraft, useDraft, usePreflight } from './use-draft.ts'
import { useStart } from './use-start.ts'
import { useUndoKeys } from './use-undo-keys.ts'

/** Laying out a larger sheet takes longer than a keystroke may. */
const mostMeasured = 4_000

/** Where a study is made: the recipe on the left, the axes in the middle, what it will be and cost on the right. */
export function BuilderScreen(props: {
  saved: SavedDraft | null
  file: StudyFile
  packs: PackInfo[]
  templates: { id: string; title: string }[]
}) {
  const { draft, change, undo, redo, saving, save, torn, id, pack } = useDraft(props)
  const forecasting = usePreflight(draft)
  const start = useStart(save, id)
  const [opened, setOpened] = useState<{ failed: boolean; says: string } | null>(null)
  const search = useRef<HTMLInputElement>(null)
  const adding = useRef<HTMLInputElement>(null)
  const filling = useRef<HTMLInputElement>(null)
  useUndoKeys(undo, redo)

  const axes = useMemo(() => draft.file.axes.map(readAxis), [draft.file.axes])
  const recipe = useMemo(() => soundRecipe(draft.file.recipe, pack), [draft.file.recipe, pack])
  // Instant, in the browser: whether there is a sheet at all, and what the guide says; the server's forecast follows.
  const { plan, problems } = useMemo(() => makePlan(fileOf(draft), pack), [draft, pack])
  const sheet = useMemo(() => (plan && plan.size <= mostMeasured ? sheetSize(plan) : null), [plan])
  const fit = forecasting.answer?.forecast?.fit
  const advice = useMemo(() => advise(plan ?? bare(draft.file, pack), { fit }), [plan, draft.file, pack, fit])
  const lengths = new Map(
    axes.flatMap(({ axis }) => (axis ? axis.parameters.map((name) => [name, axis.points.length]) : [])),
  )
  const excluded = forecasting.stale ? null : (forecasting.answer?.forecast?.excluded ?? null)

  const fill = async (file: File) => {
    const answer = await openFile(file, draft.file)
    if (answer.ok) change({ kind: 'fill', file: answer.file })
    const says = answer.ok ? answer.notices.join(' ') : answer.says
    setOpened(says === '' ? null : { failed: !answer.ok, says })
  }
  useDroppedFiles((file) => void fill(file))

  return (
    <div className={styles.screen}>
      <TopBar
        crumb={{ href: '/', label: 'Library' }}
        title={
          <input
            className={styles.title}
            aria-label="Title"
            value={draft.file.title}
            placeholder={axes.length > 0 ? titleFrom(draft.file) : 'New study'}
            maxLength={200}
            onChange={(event) => change({ kind: 'title', title: asLine(event.target.value) })}
          />
        }
        status={
          <span className={styles.saving} role="status" data-wide>
            {saving.state === 'failed' ? `not saved: ${saving.says}` : savingWords[saving.state]}
          </span>
        }
        actions={
          <>
            <span className={styles.undo}>
              <Button
                kind="quiet"
                aria-label="Undo"
                title="Undo, Ctrl+Z"
                disabled={!undo}
                onClick={() => undo?.()}
              >
                <Turn />
              </Button>
              <Button
                kind="quiet"
                aria-label="Redo"
                title="Redo, Ctrl+Shift+Z"
                disabled={!redo}
                onClick={() => redo?.()}
              >
                <Turn isForth />
              </Button>
            </span>
            <input
              ref={filling}
              type="file"
              hidden
              aria-label="A file to fill from"
              accept=".txt,.json,.yaml,.yml,.png"
              onChange={(event) => {
                const file = event.target.files?.[0]
                if (file) void fill(file)
                event.target.value = ''
              }}
            />
            <Button shortcut="O" onClick={() => filling.current?.click()}>
              Fill from file
            </Button>
            <Popover button="Templates" className={styles.templates}>
              {() => (
                <ul className={styles.templateList}>
                  {props.templates.map((template) => (
                    <li key={template.id}>
                      <Link href={`/new?template=${template.id}`}>{template.title}</Link>
                    </li>
                  ))}
                </ul>
              )}
            </Popover>
          </>
        }
      />
      <div className={styles.columns}>
        <RecipeForm
          ref={search}
          patch={draft.file.recipe}
          recipe={recipe}
          pack={pack}
          packs={props.packs}
          onAxis={lengths}
          tokens={forecasting.answer?.tokens ?? []}
          problems={[...problems, ...(forecasting.answer?.problems ?? [])]}
          onChange={change}
        />
        <main className={styles.axes}>
          {torn && <TornNotice {...torn} />}
          <AddAxis
            ref={adding}
            recipe={recipe}
            pack={pack}
            taken={lengths}
            onAdd={(axis) => change({ kind: 'add axis', axis })}
          />
          <AxisList
            axes={axes}
            keys={draft.axisKeys}
            places={placesOf(draft.file.view, axes.length)}
            pack={pack}
            taken={lengths}
            onChange={change}
          />
          <SkipRules rules={draft.file.skip ?? []} excluded={excluded} onChange={change} />
          {axes.length === 0 ? (
            <p className={styles.hint}>
              An axis is a parameter and the values it takes. The first runs across the sheet, the second
              down; more of them nest. Try <code>eta 0 .. 1 step 0.25</code> or{' '}
              <code>seed seeds 8 from 1000</code>.
            </p>
          ) : (
            <button
              type="button"
              className={styles.leaveOut}
              onClick={() => change({ kind: 'add skip', text: '' })}
            >
              Leave cells out …
            </button>
          )}
          {opened && (
            <p
              className={styles.opened}
              data-failed={opened.failed}
              role={opened.failed ? 'alert' : 'status'}
            >
              {opened.says}
            </p>
          )}
          <Says
            problems={unplaced([...problems, ...(forecasting.answer?.problems ?? [])])}
            advice={advice}
            notices={forecasting.answer?.notices ?? []}
            onFix={(patch) => change({ kind: 'patch', patch })}
          />
        </main>
        <aside className={styles.cards} aria-label="Before you start">
          <Miniature
            plan={plan}
            size={plan?.base.width_height ?? pack.nativeSize}
            reused={forecasting.answer?.forecast?.reusedCells ?? none}
            onSwap={() => change({ kind: 'swap' })}
          />
          <PreflightCard
            forecasting={forecasting}
            problems={problems.length}
            cells={plan?.size ?? null}
            sheet={sheet}
            start={start}
          />
        </aside>
      </div>
      <Shortcuts
        list={[
          { keys: '/', does: 'Find a parameter', run: () => search.current?.focus() },
          { keys: 'a', does: 'Add an axis', run: () => adding.current?.focus() },
          { keys: 'o', does: 'Fill from a file', run: () => filling.current?.click() },
          { keys: 'x', does: 'Swap columns and rows', run: () => change({ kind: 'swap' }) },
          { keys: 'Ctrl+Z', does: 'Undo', run: () => undo?.() },
          { keys: 'Ctrl+Shift+Z', does: 'Redo', run: () => redo?.() },
        ]}
      />
    </div>
  )
}

const none: readonly number[] = []

const savingWords = {
  untouched: 'saved as you type',
  saving: 'saving …',
  saved: 'saved',
  torn: 'not saved',
} as const

/** Sentences that belong to no axis of their own: those of an axis stand at its card. */
const unplaced = (problems: readonly { message: string; axis?: number }[]): string[] => [
  ...new Set(problems.filter(({ axis }) => axis === undefined).map(({ message }) => message)),
]

/** The base recipe alone, for advice while the axes cannot be read. */
const bare = (file: StudyFile, pack: PackInfo): Plan => ({
  file,
  base: completeRecipe(soundRecipe(file.recipe, pack), pack),
  axes: [],
  size: 1,
  pack,
  skip: [],
})

const Turn = ({ isForth = false }: { isForth?: boolean }) => (
  <svg viewBox="0 0 16 16" width="15" height="15" aria-hidden="true" data-forth={isForth}>
    <path d="M5.5 3 2.5 6l3 3M3 6h6.2a3.6 3.6 0 0 1 0 7.2H6" />
  </svg>
)
