'use client'

import { useRouter } from 'next/navigation'
import { useMemo, useRef, useState } from 'react'
import { sheetSize } from '#charts'
import { makePlan, type PackInfo, type StudyFile } from '#study'
import { Button } from '../../shell/button.tsx'
import { Shortcuts } from '../../shell/shortcuts.tsx'
import { TopBar } from '../../shell/top-bar.tsx'
import { call, Refused } from '../../wire/call.ts'
import { AddAxis } from './add-axis.tsx'
import { AxisCard } from './axis-card.tsx'
import styles from './builder-screen.module.css'
import { fileOf, readAxis, titleFrom } from './draft.ts'
import { readDropped } from './fill-from-file.ts'
import { Miniature } from './miniature.tsx'
import { PreflightCard } from './preflight-card.tsx'
import { RecipeForm } from './recipe-form.tsx'
import { useDraft, usePreflight } from './use-draft.ts'

/** Laying out a larger sheet takes longer than a keystroke may. */
const mostMeasured = 4_000

/** Where a study is made: the recipe on the left, the axes in the middle, what it will be and cost on the right. */
export function BuilderScreen(props: { id: string | null; file: StudyFile; packs: PackInfo[] }) {
  const router = useRouter()
  const { draft, change, saving, save, pack } = useDraft(props)
  const forecasting = usePreflight(draft)
  const [starting, setStarting] = useState(false)
  const [failure, setFailure] = useState<string | null>(null)
  const search = useRef<HTMLInputElement>(null)
  const adding = useRef<HTMLInputElement>(null)
  const filling = useRef<HTMLInputElement>(null)

  const axes = useMemo(() => draft.file.axes.map(readAxis), [draft.file.axes])
  // Instant, in the browser: whether there is a sheet at all; the server's forecast follows.
  const { plan } = useMemo(() => makePlan(fileOf(draft), pack), [draft, pack])
  const sheet = useMemo(() => (plan && plan.size <= mostMeasured ? sheetSize(plan) : null), [plan])
  const lengths = new Map(
    axes.flatMap(({ axis }) => (axis ? axis.parameters.map((name) => [name, axis.points.length]) : [])),
  )

  const start = async () => {
    setStarting(true)
    setFailure(null)
    try {
      const id = await save()
      await call(`/api/studies/${id}/start`, { body: {} })
      router.push(`/studies/${id}`)
    } catch (error) {
      setFailure(error instanceof Refused ? error.message : String(error))
      setStarting(false)
    }
  }
  const fill = async (file: File | undefined) => {
    if (!file) return
    const read = await readDropped(file, draft.file)
    if (read.ok) change({ kind: 'fill', file: read.file })
    setFailure(read.ok ? read.notices.join(' ') || null : read.says)
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping a file is a short cut; the button does the same
    <div
      className={styles.screen}
      onDragOver={(event) => event.dataTransfer.types.includes('Files') && event.preventDefault()}
      onDrop={(event) => {
        if (event.dataTransfer.files.length === 0) return
        event.preventDefault()
        void fill(event.dataTransfer.files[0])
      }}
    >
      <TopBar
        crumb={{ href: '/', label: 'Library' }}
        title={
          <input
            className={styles.title}
            aria-label="Title"
            value={draft.file.title}
            placeholder={axes.length > 0 ? titleFrom(draft.file) : 'New study'}
            maxLength={200}
            onChange={(event) => change({ kind: 'title', title: event.target.value })}
          />
        }
        status={
          <span className={styles.saving} role="status" data-wide>
            {saving.state === 'failed' ? `not saved: ${saving.says}` : savingWords[saving.state]}
          </span>
        }
        actions={
          <>
            <input
              ref={filling}
              type="file"
              hidden
              accept=".txt,.json,.yaml,.yml,.png"
              onChange={(event) => {
                void fill(event.target.files?.[0])
                event.target.value = ''
              }}
            />
            <Button shortcut="O" onClick={() => filling.current?.click()}>
              Fill from file
            </Button>
          </>
        }
      />
      <div className={styles.columns}>
        <RecipeForm
          ref={search}
          recipe={draft.file.recipe}
          pack={pack}
          packs={props.packs}
          onAxis={lengths}
          tokens={forecasting.answer?.tokens ?? []}
          problems={forecasting.answer?.problems ?? []}
          onChange={change}
        />
        <main className={styles.axes}>
          <AddAxis ref={adding} taken={lengths} onAdd={(axis) => change({ kind: 'add axis', axis })} />
          {axes.map((state, index) => (
            <AxisCard
              key={draft.axisKeys[index]}
              state={state}
              index={index}
              count={axes.length}
              onEdit={(text) => change({ kind: 'edit axis', index, text })}
              onRemove={() => change({ kind: 'remove axis', index })}
              onMove={(to) => change({ kind: 'move axis', from: index, to })}
            />
          ))}
          {axes.length === 0 && (
            <p className={styles.hint}>
              An axis is a parameter and the values it takes. The first runs across the sheet, the second
              down; more of them nest. Try <code>eta 0 .. 1 step 0.25</code> or{' '}
              <code>seed seeds 8 from 1000</code>.
            </p>
          )}
          <Says
            problems={
              forecasting.answer?.problems
                .filter((problem) => problem.axis === undefined)
                .map((each) => each.message) ?? []
            }
            advice={forecasting.answer?.forecast?.advice ?? []}
            notices={forecasting.answer?.notices ?? []}
          />
        </main>
        <aside className={styles.cards} aria-label="Before you start">
          <Miniature
            axes={axes.map(({ axis }) => axis?.points.length ?? 0)}
            size={plan?.base.width_height ?? pack.nativeSize}
          />
          <PreflightCard
            forecasting={forecasting}
            cells={plan?.size ?? null}
            sheet={sheet}
            starting={starting}
            failure={failure}
            onStart={() => void start()}
          />
        </aside>
      </div>
      <Shortcuts
        list={[
          { keys: '/', does: 'Find a parameter', run: () => search.current?.focus() },
          { keys: 'a', does: 'Add an axis', run: () => adding.current?.focus() },
          { keys: 'o', does: 'Fill from a file', run: () => filling.current?.click() },
        ]}
      />
    </div>
  )
}

const savingWords = { untouched: 'saved as you type', saving: 'saving …', saved: 'saved' } as const

/** What stands in the way, what the guide would say, and what was quietly adjusted: one sentence each. */
function Says(props: { problems: string[]; advice: string[]; notices: string[] }) {
  const all = [
    ...props.problems.map((text) => ({ text, kind: 'problem' })),
    ...props.advice.map((text) => ({ text, kind: 'advice' })),
    ...props.notices.map((text) => ({ text, kind: 'notice' })),
  ]

  return all.map(({ text, kind }) => (
    <p
      key={kind + text}
      className={styles.says}
      data-kind={kind}
      role={kind === 'problem' ? 'alert' : undefined}
    >
      {text}
    </p>
  ))
}
