'use client'

import { type ReactNode, useEffect, useRef, useState } from 'react'
import type { PictureMeasure } from '#charts'
import { useRoom } from '../compare/use-room.ts'
import styles from './effects-screen.module.css'
import { figureText, type Ruler } from './figure-props.ts'
import { Float } from './float.tsx'
import type { Point } from './scatter.tsx'

const [left, bottom, top, height, reach] = [56, 24, 8, 460, 14]

/** Many thousand points: drawn, not built of elements; the pointer finds the nearest. */
export function DenseScatter(props: {
  points: readonly Point[]
  across: Ruler
  up: Ruler
  measures: readonly [PictureMeasure, PictureMeasure]
  card: (point: Point) => ReactNode
  open: (seq: number) => void
}) {
  const { points, across, up, measures } = props
  const box = useRef<HTMLDivElement>(null)
  const canvas = useRef<HTMLCanvasElement>(null)
  const { width } = useRoom(box)
  const [near, setNear] = useState<{ point: Point; x: number; y: number } | null>(null)
  const xOf = (value: number) => left + shareOf(value, across) * (width - left - 12)
  const yOf = (value: number) => height - bottom - shareOf(value, up) * (height - bottom - top)

  useEffect(() => {
    const drawing = canvas.current?.getContext('2d')
    if (!drawing || width === 0) return
    const scale = window.devicePixelRatio
    drawing.canvas.width = width * scale
    drawing.canvas.height = height * scale
    drawing.scale(scale, scale)
    const { color } = getComputedStyle(drawing.canvas)
    drawing.fillStyle = color
    drawing.globalAlpha = Math.max(0.08, Math.min(0.6, 1_500 / points.length))
    for (const { x, y } of points) drawing.fillRect(xOf(x) - 1.25, yOf(y) - 1.25, 2.5, 2.5)
  })

  const look = (event: React.PointerEvent) => {
    const { left: x0, top: y0 } = canvas.current!.getBoundingClientRect()
    const [x, y] = [event.clientX - x0, event.clientY - y0]
    let best: Point | null = null
    let least = reach * reach
    for (const point of points) {
      const away = (xOf(point.x) - x) ** 2 + (yOf(point.y) - y) ** 2
      if (away < least) [least, best] = [away, point]
    }
    setNear(best && { point: best, x: event.clientX, y: event.clientY })
  }

  return (
    <div ref={box} className={styles.dense} style={{ height }}>
      <svg width={width} height={height} aria-hidden="true">
        {up.ticks.map((value) => (
          <g key={value} transform={`translate(0 ${yOf(value)})`}>
            <line x1={left} x2={width - 12} stroke="var(--line)" />
            <text x={left - 8} y={4} textAnchor="end" className={styles.svgTick}>
              {figureText(value, measures[1].digits)}
            </text>
          </g>
        ))}
        {across.ticks.map((value) => (
          <text key={value} x={xOf(value)} y={height - 6} textAnchor="middle" className={styles.svgTick}>
            {figureText(value, measures[0].digits)}
          </text>
        ))}
        {near && <circle cx={xOf(near.point.x)} cy={yOf(near.point.y)} r={5} fill="var(--accent)" />}
      </svg>
      <canvas
        ref={canvas}
        style={{ width, height }}
        onPointerMove={look}
        onPointerLeave={() => setNear(null)}
        onClick={() => near && props.open(near.point.seq)}
      />
      {near && (
        <Float x={near.x} y={near.y}>
          {props.card(near.point)}
        </Float>
      )}
    </div>
  )
}

const shareOf = (value: number, { range: [low, high] }: Ruler): number => (value - low) / (high - low)
