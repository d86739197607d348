'use client'

import { useEffect, useEffectEvent, useLayoutEffect, useRef, useState } from 'react'
import type { CellStore } from '../../state/cell-store.ts'
import type { GridLayout, Window } from '../../state/grid-layout.ts'
import type { SheetGrid } from '../../state/sheet.ts'
import type { Signal } from '../../state/signal.ts'
import styles from './field.module.css'
import { type Inks, inksOf } from './inks.ts'
import { Overview } from './overview.ts'
import { type Flight, levels, paintField } from './paint-field.ts'
import { TileBlocks } from './tile-blocks.ts'

const flightMs = 200
/** Pictures come and statuses change up to so often; moving about is drawn with every frame. */
const newsMs = 250

const still = (): boolean => matchMedia('(prefers-reduced-motion: reduce)').matches

/** Cells too small to be elements, drawn on one canvas that stays in the window while the sheet scrolls below it. */
export function Field(props: {
  store: CellStore
  address: string
  sheet: SheetGrid
  layout: GridLayout
  seen: Signal<Window>
  /** Of the window, for the size of the canvas. */
  room: { width: number; height: number }
  picked: ReadonlySet<number>
  passes: (seq: number) => boolean
  shade: ((seq: number) => number) | null
}) {
  const { store, address, sheet, layout, seen, room } = props
  const canvas = useRef<HTMLCanvasElement>(null)
  const inks = useRef<Inks | null>(null)
  const flight = useRef<{ from: Omit<Flight, 'share'>; began: number } | null>(null)
  const before = useRef<Omit<Flight, 'share'> | null>(null)
  const frame = useRef(0)
  const [parts] = useState(() => {
    const blocks = new TileBlocks(store, address, (edge, block) => onBlock.current(edge, block))
    return { blocks, overview: new Overview(store, blocks) }
  })
  const onBlock = useRef<(edge: 8 | 32, block: number) => void>(() => undefined)

  const paint = useEffectEvent(() => {
    frame.current = 0
    const box = canvas.current
    const paper = box?.getContext('2d')
    if (!box || !paper) return
    inks.current ??= inksOf(box)
    const sharp = window.devicePixelRatio || 1
    paper.setTransform(sharp, 0, 0, sharp, 0, 0)
    // Large tiles are asked for anew by every frame that shows them; small ones only by the painting of a piece.
    if (layout.cellWidth >= levels.largeTiles) parts.blocks.moveOn()
    const begun = flight.current
    const share = begun ? (performance.now() - begun.began) / flightMs : 1
    if (share >= 1) flight.current = null
    paintField(paper, {
      ...parts,
      store,
      layout,
      window: seen.read(),
      picked: props.picked,
      looks: { sheet, passes: props.passes, shade: props.shade, inks: inks.current },
      flight: begun && share < 1 ? { ...begun.from, share: eased(share) } : null,
    })
    before.current = { sheet, layout, window: seen.read() }
    if (flight.current || parts.overview.unfinished) soon()
  })
  const soon = useEffectEvent(() => {
    frame.current ||= requestAnimationFrame(() => paint())
  })

  // The size of the paper: setting it clears it, so it is painted at once.
  useLayoutEffect(() => {
    const box = canvas.current!
    const sharp = window.devicePixelRatio || 1
    box.width = Math.round(room.width * sharp)
    box.height = Math.round(room.height * sharp)
    paint()
  }, [room.width, room.height])

  // Another arrangement is painted at once; tiles large enough to be followed fly there.
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new size alone is no new arrangement
  useLayoutEffect(() => {
    parts.overview.reset()
    const from = before.current
    if (from && from.sheet !== sheet && layout.cellWidth >= levels.largeTiles && !still())
      flight.current = { from, began: performance.now() }
    paint()
  }, [sheet, parts])
  // biome-ignore lint/correctness/useExhaustiveDependencies: what cells look like is other, wherever they lie
  useLayoutEffect(() => {
    parts.overview.reset()
    soon()
  }, [props.passes, props.shade])
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new layout is a new drawing
  useLayoutEffect(() => soon(), [layout, props.picked])

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const touched = new Set<number>()
    const news = () => {
      timer = undefined
      parts.overview.touch(before.current?.sheet ?? sheet, touched)
      touched.clear()
      soon()
    }
    const leave = store.watchAll((seqs) => {
      for (const seq of seqs) touched.add(seq)
      if (touched.size > 0) timer ??= setTimeout(news, newsMs)
    })
    onBlock.current = (edge, block) => {
      if (edge === 8) parts.overview.touchBlock(before.current?.sheet ?? sheet, block)
      soon()
    }
    const moved = seen.watch(() => soon())
    return () => {
      clearTimeout(timer)
      leave()
      moved()
    }
  }, [store, seen, parts, sheet])

  useEffect(() => {
    const themed = () => {
      inks.current = null
      parts.overview.reset()
      soon()
    }
    const theme = matchMedia('(prefers-color-scheme: dark)')
    const chosen = new MutationObserver(themed)
    theme.addEventListener('change', themed)
    chosen.observe(document.documentElement, { attributeFilter: ['data-theme'] })
    return () => {
      theme.removeEventListener('change', themed)
      chosen.disconnect()
      cancelAnimationFrame(frame.current)
      parts.blocks.close()
    }
  }, [parts])

  return (
    <div
      className={styles.field}
      style={{ width: room.width, height: room.height, marginBottom: -room.height }}
      role="presentation"
    >
      <canvas ref={canvas} className={styles.canvas} />
    </div>
  )
}

const eased = (share: number): number => 1 - (1 - share) ** 3
