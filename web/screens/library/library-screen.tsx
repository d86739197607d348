'use client'

import { useRouter } from 'next/navigation'
import { useEffect, useRef, useState, useTransition } from 'react'
import type { LibraryShelves } from '#prisma'
import { Button, ButtonLink } from '../../shell/button.tsx'
import { useHealth } from '../../shell/health.tsx'
import { Shortcuts } from '../../shell/shortcuts.tsx'
import { TopBar } from '../../shell/top-bar.tsx'
import type { WireExample } from '../../wire/example.ts'
import { isNarrowed, type LibraryState, shelf, writeLibrary } from '../../wire/library.ts'
import { Filters } from './filters.tsx'
import { ImportButton } from './import-button.tsx'
import styles from './library-screen.module.css'
import { Resume } from './resume.tsx'
import { type ShelvedStudy, StudyCard } from './study-card.tsx'
import { Templates } from './templates.tsx'
import { Welcome } from './welcome.tsx'

const againMs = 4_000

/** Every study as its small sheet; those that develop do so here too. */
export function LibraryScreen(props: {
  studies: ShelvedStudy[]
  /** There are more than these. */
  more: boolean
  shelves: LibraryShelves
  templates: WireExample[]
  state: LibraryState
}) {
  const { studies, shelves, templates, state } = props
  const router = useRouter()
  const health = useHealth()
  const [waiting, startWaiting] = useTransition()
  const [said, setSaid] = useState<string | null>(null)
  const field = useRef<HTMLInputElement>(null)
  const developing = studies.some(({ study }) => study.status === 'running')

  useEffect(() => {
    const timer = setInterval(() => !document.hidden && router.refresh(), developing ? againMs : againMs * 4)
    return () => clearInterval(timer)
  }, [developing, router])

  const go = (change: Partial<LibraryState>) =>
    startWaiting(() =>
      router.replace(writeLibrary({ ...state, shown: shelf, ...change }), {
        scroll: change.shown === undefined,
      }),
    )
  const narrowed = isNarrowed(state)
  const empty = shelves.total === 0 && !state.archived
  const offline = health !== null && health.parts.web?.ok === false

  return (
    <>
      <TopBar
        actions={
          <>
            <ImportButton onSaid={setSaid} />
            <ButtonLink href="/new" kind="primary" shortcut="N">
              New study
            </ButtonLink>
          </>
        }
      />
      <main className={styles.main}>
        {offline && (
          <p className={styles.offline} role="alert">
            Teststrip does not answer. What you see is what was here before; it comes back by itself.
          </p>
        )}
        <p className={styles.said} role="status">
          {said}
        </p>
        {empty ? (
          <Welcome />
        ) : (
          <>
            <Resume />
            <Filters field={field} state={state} shelves={shelves} go={go} />
            {studies.length === 0 ? (
              <Nothing state={state} narrowed={narrowed} go={go} />
            ) : (
              <ul className={styles.cards} data-waiting={waiting}>
                {studies.map((shelved) => (
                  <StudyCard
                    // One that left this shelf is another card on the other.
                    key={`${shelved.study.id} ${state.archived}`}
                    shelved={shelved}
                    archived={state.archived}
                    onSaid={setSaid}
                    onTag={(tag) => go({ tag })}
                  />
                ))}
              </ul>
            )}
            {props.more && (
              <p className={styles.further}>
                <Button onClick={() => go({ shown: state.shown + shelf })} disabled={waiting}>
                  {waiting ? 'Reading …' : 'More studies'}
                </Button>
              </p>
            )}
          </>
        )}
        {!narrowed && !state.archived && templates.length > 0 && (
          <Templates templates={templates} first={empty} />
        )}
      </main>
      <Shortcuts
        list={[
          { keys: 'n', does: 'New study', run: () => router.push('/new') },
          { keys: '/', does: 'Search', run: () => field.current?.focus() },
          { keys: 'a', does: 'Archived studies, or back', run: () => go({ archived: !state.archived }) },
        ]}
      />
    </>
  )
}

function Nothing(props: {
  state: LibraryState
  narrowed: boolean
  go: (change: Partial<LibraryState>) => void
}) {
  const { state, narrowed, go } = props

  return (
    <div className={styles.nothing}>
      <p>
        {narrowed
          ? 'No study is like that. Parameters are joined as in eta × steps; other words may stand anywhere in a study.'
          : 'Nothing is archived. A study that is put aside waits here, whole.'}
      </p>
      {narrowed ? (
        <Button onClick={() => go({ search: '', status: null, pack: null, tag: null })}>
          Show all studies
        </Button>
      ) : (
        <Button onClick={() => go({ archived: !state.archived })}>Back to the library</Button>
      )}
    </div>
  )
}
