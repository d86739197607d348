'use client'

import { useRouter } from 'next/navigation'
import { useEffect, useRef, useState } from 'react'
import { readSettings } from '#study'
import { Shortcuts } from '../../shell/shortcuts.tsx'
import { TopBar } from '../../shell/top-bar.tsx'
import { call } from '../../wire/call.ts'
import type { WirePack } from '../../wire/pack.ts'
import { Command } from './command.tsx'
import { PackCard } from './pack-card.tsx'
import { needsOf, type PackNeeds } from './pack-needs.ts'
import styles from './packs-screen.module.css'
import { SettingsNeeds } from './settings-needs.tsx'

const againMs = { checking: 700, calm: 8_000 }
/** Far beyond any settings file. */
const mostBytes = 2_000_000

/** What there is to render with, how sure of it one can be, and how more comes in. */
export function PacksScreen({ packs }: { packs: WirePack[] }) {
  const router = useRouter()
  const input = useRef<HTMLInputElement>(null)
  const [asked, setAsked] = useState<{ file: string; needs: PackNeeds } | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const checking = packs.some((pack) => pack.checking)
  useEffect(() => {
    const timer = setInterval(
      () => !document.hidden && router.refresh(),
      checking ? againMs.checking : againMs.calm,
    )
    return () => clearInterval(timer)
  }, [checking, router])

  const verify = async (name: string) => {
    try {
      await call(`/api/packs/${encodeURIComponent(name)}/check`, { method: 'POST' })
      setProblem(null)
    } catch (error) {
      setProblem((error as Error).message)
    }
    router.refresh()
  }
  const look = async (file: File | undefined) => {
    if (!file) return
    try {
      if (file.size > mostBytes) throw new Error(`${file.name} is too large to be a settings file.`)
      setAsked({ file: file.name, needs: needsOf(readSettings(await file.text()).patch) })
      setProblem(null)
    } catch (error) {
      setAsked(null)
      setProblem((error as Error).message)
    }
  }

  return (
    <>
      <TopBar crumb={{ href: '/', label: 'Library' }} title="Packs" />
      <main className={styles.main}>
        {problem && (
          <p className={styles.problem} role="alert">
            {problem}
          </p>
        )}
        <section>
          {packs.length === 0 ? (
            <div className={styles.empty}>
              <h2 className={styles.big}>No pack yet</h2>
              <p>
                A pack is a folder of network weights. Workers look into their models folder when they start
                and tell what they found; add one as below, then restart the worker.
              </p>
            </div>
          ) : (
            <ul className={styles.cards}>
              {packs.map((pack) => (
                <PackCard key={pack.name} pack={pack} onVerify={() => void verify(pack.name)} />
              ))}
            </ul>
          )}
        </section>
        <section
          className={styles.part}
          aria-label="What a settings file needs"
          onDragOver={(event) => event.dataTransfer.types.includes('Files') && event.preventDefault()}
          onDrop={(event) => {
            event.preventDefault()
            // Elsewhere a dropped file begins a study.
            event.stopPropagation()
            void look(event.dataTransfer.files[0])
          }}
        >
          <h2 className={styles.heading}>What does a settings file need?</h2>
          <label className={styles.drop}>
            <input
              ref={input}
              type="file"
              className="visually-hidden"
              accept=".txt,.json,.yaml,.yml"
              onChange={(event) => {
                void look(event.target.files?.[0])
                event.target.value = ''
              }}
            />
            Drop a <code>settings.txt</code> here, or choose one, to see which pack can render it and what is
            missing.
          </label>
          {asked && <SettingsNeeds file={asked.file} needs={asked.needs} packs={packs} />}
        </section>
        <section className={styles.part}>
          <h2 className={styles.heading}>Add a pack</h2>
          <p className={styles.muted}>
            On the machine that renders, in the folder of Teststrip. Files count only when their SHA-256 is
            the published one; a worker finds them when it starts again.
          </p>
          <Command says="What is here, and whether it is whole" text="teststrip models list" />
          <Command
            says="A folder of weights, with or without a pack.json"
            text="teststrip models add FOLDER"
          />
          <Command says="What can be fetched, with its addresses" text="teststrip models pull" />
          <Command says="The networks Disco Diffusion begins with" text="teststrip models pull disco" />
        </section>
      </main>
      <Shortcuts
        list={[
          { keys: 'o', does: 'Open a settings file', run: () => input.current?.click() },
          { keys: 'Escape', does: 'Back to the library', run: () => router.push('/') },
        ]}
      />
    </>
  )
}
