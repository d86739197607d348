'use client'

import { useCallback, useLayoutEffect, useRef, useSyncExternalStore } from 'react'
import type { LiveStudy } from '../../shell/use-live-study.ts'
import type { SheetGrid } from '../../state/sheet.ts'
import type { Signal } from '../../state/signal.ts'
import { DrawnHeads } from './drawn-heads.tsx'
import styles from './field.module.css'
import type { FieldOrders } from './field-orders.ts'
import { inksOf } from './inks.ts'
import { takePainter } from './painters.ts'
import type { Room, SheetCamera } from './sheet-layout.ts'

/** Pictures come and statuses change up to so often; moving about is drawn with every frame. */
const newsMs = 250

const still = (): boolean => matchMedia('(prefers-reduced-motion: reduce)').matches

/**
 * Cells too small to be elements, drawn on one canvas that stays in the window while the sheet scrolls below it. A
 * worker paints it: this thread only says what is other than before, and places the headers.
 */
export function Field(props: {
  live: LiveStudy
  sheet: SheetGrid
  camera: Signal<SheetCamera>
  /** Of the window, for the size of the canvas. */
  room: Room
  picked: ReadonlySet<number>
  passes: (seq: number) => boolean
  shade: ((seq: number) => number) | null
}) {
  const { live, sheet, camera, room, passes, shade, picked } = props
  const { store } = live
  const isDrawn = () => camera.read().drawn
  const drawn = useSyncExternalStore(camera.watch, isDrawn, isDrawn)
  const box = useRef<HTMLDivElement>(null)
  const painter = useRef<Worker | null>(null)
  const order = useCallback((orders: FieldOrders) => painter.current?.postMessage(orders), [])

  // The painter takes the canvas with it, so both begin and end together.
  useLayoutEffect(() => {
    const holder = box.current!
    const canvas = document.createElement('canvas')
    canvas.className = styles.canvas!
    holder.prepend(canvas)
    const paper = canvas.transferControlToOffscreen()
    const worker = takePainter()
    worker.onmessage = () => holder.setAttribute('data-painted', '')
    painter.current = worker
    const address = new URL(live.address, window.location.href).href
    const { status, pictures } = store
    const begin = { canvas: paper, address, status, pictures }
    worker.postMessage({ begin, inks: inksOf(holder) } satisfies FieldOrders, [paper])

    const touched = new Set<number>()
    let timer: ReturnType<typeof setTimeout> | undefined
    const tell = () => {
      timer = undefined
      const seqs = Uint32Array.from(touched)
      touched.clear()
      const status = Uint8Array.from(seqs, (seq) => store.status[seq]!)
      order({ news: { seqs, status, pictures: store.pictures } })
    }
    const leave = store.watchAll((seqs) => {
      for (const seq of seqs) touched.add(seq)
      if (touched.size > 0) timer ??= setTimeout(tell, newsMs)
    })
    const themed = () => order({ inks: inksOf(holder) })
    const theme = matchMedia('(prefers-color-scheme: dark)')
    const chosen = new MutationObserver(themed)
    theme.addEventListener('change', themed)
    chosen.observe(document.documentElement, { attributeFilter: ['data-theme'] })

    return () => {
      clearTimeout(timer)
      leave()
      theme.removeEventListener('change', themed)
      chosen.disconnect()
      worker.terminate()
      canvas.remove()
      painter.current = null
    }
  }, [store, live.address, order])

  useLayoutEffect(() => order({ room: { ...room, sharp: window.devicePixelRatio || 1 } }), [room, order])
  useLayoutEffect(() => order({ sheet: { source: sheet.source, still: still() } }), [sheet, order])
  useLayoutEffect(() => {
    const faint = new Uint8Array(store.size)
    for (let seq = 0; seq < faint.length; seq++) if (!passes(seq)) faint[seq] = 1
    order({ faint: faint.includes(1) ? faint : null })
  }, [passes, store, order])
  useLayoutEffect(() => {
    if (!shade) return order({ shade: null })
    const shades = new Int16Array(store.size)
    for (let seq = 0; seq < shades.length; seq++) shades[seq] = shade(seq)
    order({ shade: shades })
  }, [shade, store, order])
  useLayoutEffect(() => order({ picked }), [picked, order])
  useLayoutEffect(() => {
    const look = () => order({ camera: camera.read() })
    look()

    return camera.watch(look)
  }, [camera, order])

  return (
    <>
      <div
        ref={box}
        className={styles.field}
        style={{ width: room.width, height: room.height, marginBottom: -room.height }}
        role="presentation"
      />
      {drawn && <DrawnHeads plan={live.plan} sheet={sheet} camera={camera} room={room} />}
    </>
  )
}
