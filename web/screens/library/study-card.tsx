'use client'

import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { Picture } from '../../shell/picture.tsx'
import { Popover, PopoverItem } from '../../shell/popover.tsx'
import { call } from '../../wire/call.ts'
import type { WireSummary } from '../../wire/study.ts'
import { axisNames, miniSheet } from './mini-sheet.ts'
import styles from './study-card.module.css'

const paperHeight = 196

const statusNames: Record<WireSummary['status'], string> = {
  draft: 'Draft',
  running: 'Developing',
  paused: 'Paused',
  finished: 'Finished',
  cancelled: 'Cancelled',
}

/** A study as its own small sheet. */
export function StudyCard({ study }: { study: WireSummary }) {
  const router = useRouter()
  const [gone, setGone] = useState(false)
  const sheet = miniSheet(study.file, study.pictures)
  const { done, cells, excluded, failed } = study.progress.counts
  const href = study.status === 'draft' ? `/studies/${study.id}/edit` : `/studies/${study.id}`
  if (gone) return null

  const remove = async () => {
    await call(`/api/studies/${study.id}`, { method: 'DELETE' })
    setGone(true)
    router.refresh()
  }
  const copy = async () => {
    const { id } = await call<{ id: string }>('/api/studies', {
      body: { ...study.file, title: `${study.title} (copy)` },
    })
    router.push(`/studies/${id}/edit`)
  }

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
        <span className={styles.axes}>{axisNames(study.file).join(' × ') || 'no axes yet'}</span>
      </Link>
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
                <PopoverItem
                  onClick={() => {
                    close()
                    void copy()
                  }}
                >
                  Copy as a new study
                </PopoverItem>
                {study.status !== 'running' && (
                  <PopoverItem
                    onClick={() => {
                      close()
                      void remove()
                    }}
                  >
                    Delete the study
                  </PopoverItem>
                )}
              </>
            )}
          </Popover>
        </span>
      </div>
    </li>
  )
}
