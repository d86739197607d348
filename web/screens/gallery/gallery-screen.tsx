'use client'

import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { useEffect, useRef, useState } from 'react'
import { clipNames, groups, type Parameter, parameters } from '#study'
import { AtlasTile } from '../../shell/atlas-tile.tsx'
import { SearchField } from '../../shell/search-field.tsx'
import { Shortcuts } from '../../shell/shortcuts.tsx'
import { TopBar } from '../../shell/top-bar.tsx'
import type { WireExample } from '../../wire/example.ts'
import styles from './gallery-screen.module.css'
import { stripOf } from './strip-of.ts'

const typingMs = 250
const clips: ReadonlySet<string> = new Set(clipNames)

/** Pictures beside each other on a card; fewer are no larger, so that the cards of a row are alike. */
const inStrip = 5

/** Every parameter with what it does to a picture, in the groups of the builder. */
export function GalleryScreen({ examples, search }: { examples: WireExample[]; search: string }) {
  const router = useRouter()
  const [text, setText] = useState(search)
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => {
    const timer = setTimeout(
      () => router.replace(text ? `/gallery?q=${encodeURIComponent(text)}` : '/gallery', { scroll: false }),
      typingMs,
    )
    return () => clearTimeout(timer)
  }, [text, router])

  const shown = parameters.filter((parameter) => matches(parameter, text))
  const sections = groups
    .map((group) => ({ group, members: shown.filter((parameter) => parameter.group === group) }))
    .filter(({ members }) => members.length > 0)

  return (
    <>
      <TopBar title="Gallery" />
      <main className={styles.main}>
        <div className={styles.head}>
          <p className={styles.lead}>
            What every setting does, rendered by Teststrip itself on the starter pack. Open one to read about
            it, or to begin a study where it ends.
          </p>
          <div className={styles.search}>
            <SearchField
              ref={field}
              label="Find a parameter"
              placeholder="Find a parameter"
              value={text}
              onChange={setText}
            />
          </div>
        </div>
        {sections.length === 0 && <p className={styles.nothing}>No parameter has these words.</p>}
        {sections.map(({ group, members }) => (
          <section key={group} className={styles.section}>
            <h2 className={styles.group}>{group}</h2>
            <ul className={styles.cards}>
              {members.map((parameter) => (
                <Card key={parameter.name} parameter={parameter} example={exampleFor(parameter, examples)} />
              ))}
            </ul>
          </section>
        ))}
      </main>
      <Shortcuts list={[{ keys: '/', does: 'Find a parameter', run: () => field.current?.focus() }]} />
    </>
  )
}

function Card({ parameter, example }: { parameter: Parameter; example: WireExample | undefined }) {
  const strip = example && stripOf(example, parameter.name, inStrip)

  return (
    <li>
      <Link href={`/gallery/${parameter.name}`} className={styles.card} data-shown={strip !== undefined}>
        {strip && example.atlas && (
          <span className={styles.strip}>
            {strip.map((place) => (
              <AtlasTile key={`${place.column} ${place.row}`} atlas={example.atlas!} {...place} label="" />
            ))}
          </span>
        )}
        <b className={styles.name}>{parameter.name}</b>
        <span className={styles.says}>{parameter.help}</span>
      </Link>
    </li>
  )
}

/** The study that is about it first: its first axis, if any has it there. */
const exampleFor = ({ name }: Parameter, examples: WireExample[]): WireExample | undefined =>
  examples.find(({ axes }) => axes[0]?.parameters.includes(name)) ??
  examples.find(({ axes }) => name !== 'seed' && axes.some(({ parameters: of }) => of.includes(name)))

/** A parameter's name, aliases, group and help hold all words. The many switches of CLIPs are found by name only. */
function matches(parameter: Parameter, search: string): boolean {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return !clips.has(parameter.name) || parameter.name === 'ViTB32'
  const text = [parameter.name, ...parameter.aliases, parameter.group, parameter.help].join(' ').toLowerCase()

  return words.every((word) => text.includes(word))
}
