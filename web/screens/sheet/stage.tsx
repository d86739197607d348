'use client'

import { useEffect, useRef, useState } from 'react'
import type { ComposedSheet } from '#charts'
import { Button } from '../../shell/button.tsx'
import { Paper, type PictureSizes } from './paper.tsx'
import styles from './stage.module.css'

/** Where the paper lies: whole, or at its own pixels to look closely. */
export function Stage(props: {
  sheet: ComposedSheet
  page: number
  sizes: PictureSizes
  isWhole: boolean
  problem: string | null
  title: string
  zoomed: boolean
  onZoom: (zoomed: boolean) => void
  onPage: (page: number) => void
}) {
  const { sheet, page, sizes, isWhole, problem, title, zoomed, onZoom, onPage } = props
  const table = useRef<HTMLElement>(null)
  const room = useRoom(table)
  const layout = sheet.pages[page]!
  const fit = Math.min(
    1,
    room.width / layout.width,
    Math.max(room.height / layout.height, 0.62 * (room.width / layout.width)),
  )
  const scale = zoomed ? 1 / Math.min(2, globalThis.devicePixelRatio ?? 1) : fit
  const pages = sheet.pages.length
  // A screenful more on either side, so that scrolling does not meet blank paper.
  const from = (room.top - room.height) / scale
  const to = (room.top + 2 * room.height) / scale

  return (
    <div className={styles.stage}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so keys must reach it */}
      <main ref={table} className={styles.table} tabIndex={0} aria-busy={!isWhole}>
        {problem && (
          <p className={styles.problem} role="alert">
            {problem}
          </p>
        )}
        {!isWhole && !problem && <p className={styles.reading}>Reading the cells …</p>}
        <div className={styles.paper} data-reading={!isWhole}>
          <Paper
            {...{ sheet, page, scale, sizes }}
            from={from}
            to={to}
            label={`The sheet of ${title}${pages > 1 ? `, page ${page + 1} of ${pages}` : ''}`}
          />
        </div>
      </main>
      <div className={styles.tools}>
        {pages > 1 && (
          <>
            <Button disabled={page === 0} onClick={() => onPage(page - 1)} aria-label="Page before">
              ‹
            </Button>
            <span className={styles.page}>
              Page {page + 1} of {pages}
            </span>
            <Button disabled={page === pages - 1} onClick={() => onPage(page + 1)} aria-label="Next page">
              ›
            </Button>
          </>
        )}
        <Button shortcut="Z" aria-pressed={zoomed} onClick={() => onZoom(!zoomed)}>
          {zoomed ? 'Whole page' : 'Every pixel'}
        </Button>
      </div>
    </div>
  )
}

/** The size of the table and how far it is scrolled, in pixels of the screen. */
function useRoom(table: React.RefObject<HTMLElement | null>): { width: number; height: number; top: number } {
  const [room, setRoom] = useState({ width: 960, height: 760, top: 0 })
  useEffect(() => {
    const element = table.current!
    const look = () => {
      const style = getComputedStyle(element)
      const rim = Number.parseFloat(style.paddingLeft)
      setRoom({
        width: element.clientWidth - 2 * rim,
        height: Math.max(300, element.clientHeight - 2 * rim),
        // Half a screen at a time: a picture that is in sight anyway need not be drawn anew.
        top: Math.round(element.scrollTop / 400) * 400,
      })
    }
    look()
    const observer = new ResizeObserver(look)
    observer.observe(element)
    element.addEventListener('scroll', look, { passive: true })
    return () => {
      observer.disconnect()
      element.removeEventListener('scroll', look)
    }
  }, [table])

  return room
}
