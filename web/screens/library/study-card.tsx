'use client'

import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { AskFirst } from '../../shell/ask-first.tsx'
import { Picture } from '../../shell/picture.tsx'
import { Popover, PopoverItem } from '../../shell/popover.tsx'
import { call } from '../../wire/call.ts'
import { plural } from '../../wire/format.ts'
import { statusNames } from '../../wire/library.ts'
import type { WireSummary } from '../../wire/study.ts'
import type { MiniSheet } from './mini-sheet.ts'
import styles from './study-card.module.css'
import { type Words, WordsDialog } from './words-dialog.tsx'

const paperHeight = 196

/** A study with what its card shows of it, worked out where parameters are known: in the server. */
export interface ShelvedStudy {
  study: WireSummary
  sheet: MiniSheet
  /** Names of its axes. */
  axes: string[]
}

/** A study as its own small sheet. */
export function StudyCard(props: {
  shelved: ShelvedStudy
  archived: boolean
  onSaid: (text: string) => void
  onTag: (tag: string) => void
}) {
  const { archived, onSaid } = props
  const { study, sheet, axes } = props.shelved
  const router = useRouter()
  const [gone, setGone] = useState(false)
  const [asking, setAsking] = useState<'delete' | 'words' | null>(null)
  const { done, cells, excluded, failed } = study.progress.counts
  const href = study.status === 'draft' ? `/studies/${study.id}/edit` : `/studies/${study.id}`
  const address = `/api/studies/${study.id}`
  const tags = study.file.tags ?? []
  if (gone) return null

  /** Does it, says what was done or why not, and shows the library as it then is. */
  const act = async (says: string, work: () => Promise<unknown>) => {
    try {
      await work()
      onSaid(says)
    } catch (error) {
      onSaid(error instanceof Error ? error.message : String(error))
    }
    router.refresh()
  }
  const remove = () =>
    act(`“${study.title}” is deleted.`, async () => {
      await call(address, { method: 'DELETE' })
      setGone(true)
    })
  const putAside = () =>
    act(
      archived
        ? `“${study.title}” is back in the library.`
        : `“${study.title}” is archived; it waits under Archived.`,
      async () => {
        await call(`${address}/${archived ? 'restore' : 'archive'}`, { method: 'POST' })
        setGone(true)
      },
    )
  const saveWords = (words: Words) => act('Saved.', () => call(address, { method: 'PATCH', body: words }))
  const copy = async () => {
    const { id } = await call<{ id: string }>('/api/studies', {
      body: { ...study.file, title: `${study.title} (copy)`.slice(0, 200) },
    })
    router.push(`/studies/${id}/edit`)
  }
  const active = study.status === 'running' || study.status === 'paused'
  const menu = [
    { label: 'Copy as a new study', run: () => void copy() },
    { label: 'Title, notes, tags …', run: () => setAsking('words') },
    { label: 'Export with pictures', run: () => window.location.assign(`${address}/export`) },
    ...(active
      ? []
      : [
          { label: archived ? 'Back into the library' : 'Archive', run: () => void putAside() },
          { label: 'Delete …', run: () => setAsking('delete') },
        ]),
  ]

  return (
    <li className={styles.card}>
      <Link href={href} className={styles.link}>
        <span className={styles.paper}>
          <span
            className={styles.sheet}
            style={{
              gridTemplateColumns: `repeat(${sheet.columns}, 1fr)`,
              aspectRatio: `${sheet.columns} / ${sheet.rows}`,
              // Whichever side is the tighter one decides, so that every card holds its whole sheet.
              width: `min(100%, ${(paperHeight * sheet.columns) / sheet.rows}px)`,
            }}
          >
            {sheet.tiles.map((image, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a tile is its place
              <span key={index} className={styles.tile}>
                {image && <Picture src={`/thumbs/${image}/96.webp`} alt="" loading="lazy" />}
              </span>
            ))}
          </span>
        </span>
        <span className={styles.title}>{study.title}</span>
        <span className={styles.axes}>{axes.join(' × ') || 'no axes yet'}</span>
      </Link>
      {tags.length > 0 && (
        <p className={styles.tags}>
          {tags.map((tag) => (
            <button key={tag} type="button" onClick={() => props.onTag(tag)}>
              #{tag}
            </button>
          ))}
        </p>
      )}
      <div className={styles.foot}>
        <span className={styles.dot} data-status={study.status} />
        <span>{statusNames[study.status]}</span>
        {study.status !== 'draft' && (
          <span className={styles.count}>
            {done} of {cells - excluded}
          </span>
        )}
        {failed > 0 && <span className={styles.bad}>{failed} failed</span>}
        <span className={styles.more}>
          <Popover className={styles.moreButton} label={`More about ${study.title}`} button="⋯">
            {(close) => (
              <>
                {menu.map(({ label, run }) => (
                  <PopoverItem
                    key={label}
                    onClick={() => {
                      close()
                      run()
                    }}
                  >
                    {label}
                  </PopoverItem>
                ))}
              </>
            )}
          </Popover>
        </span>
      </div>
      {asking === 'words' && (
        <WordsDialog
          study={study}
          onSave={(words) => void saveWords(words)}
          onClose={() => setAsking(null)}
        />
      )}
      {asking === 'delete' && (
        <AskFirst
          title={`Delete “${study.title}”?`}
          answer="Delete the study"
          bad
          onAnswer={() => void remove()}
          onClose={() => setAsking(null)}
        >
          <p>
            Its cells, marks, notes and sheets go for good. Its {plural(done, 'picture')} stay for 30 days and
            are found again should another study ask for them. To keep the study out of sight instead, archive
            it.
          </p>
        </AskFirst>
      )}
    </li>
  )
}
