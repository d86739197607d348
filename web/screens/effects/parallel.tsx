'use client'

import { useEffect, useMemo, useRef, useState } from 'react'
import { inUnits, pointAt } from '#charts'
import { useRoom } from '../compare/use-room.ts'
import styles from './effects-screen.module.css'
import { cellText, type FigureProps, figureText, rulerOf, tickText } from './figure-props.ts'
import { Float } from './float.tsx'

const [top, bottom, side, height, reach] = [58, 16, 64, 470, 9]
/** Beyond this lines are drawn, not built of elements. */
const mostElements = 1_500

interface Scale {
  name: string
  label: string
  /** Where a cell lies on it, 0 … 1 from the bottom; NaN where it has none. */
  at: (seq: number) => number
  /** What stands at the top, the bottom and, for few points, between. */
  marks: { at: number; text: string }[]
}

/** Every cell as one line through its settings and its measures: what goes with what. */
export default function ParallelLines(props: FigureProps) {
  const { axes, columns, measures, measure, values, card, open } = props
  const box = useRef<HTMLDivElement>(null)
  const canvas = useRef<HTMLCanvasElement>(null)
  const { width } = useRoom(box)
  const [near, setNear] = useState<{ seq: number; x: number; y: number } | null>(null)

  const scales = useMemo((): Scale[] => {
    const settings = axes.flatMap((axis, k): Scale[] => {
      const last = axis.labels.length - 1
      if (last === 0) return []
      const shown = axis.labels.map((text, point) => ({ at: point / last, text: tickText(text, 10) }))
      return [
        {
          name: axis.name,
          label: axis.name,
          at: (seq) => pointAt(axes, k, seq) / last,
          marks: last < 9 ? shown : [shown[0]!, shown[last]!],
        },
      ]
    })
    const figures = measures.flatMap(({ name, label, digits }): Scale[] => {
      const column = columns.get(name)
      const ruler = column && rulerOf(column)
      if (!ruler) return []
      const [low, high] = ruler.range
      return [
        {
          name,
          label,
          at: (seq) => (column[seq]! - low) / (high - low),
          marks: ruler.ticks.map((tick) => ({
            at: (tick - low) / (high - low),
            text: figureText(tick, digits),
          })),
        },
      ]
    })
    return [...settings, ...figures]
  }, [axes, columns, measures])
  const seqs = useMemo(() => Array.from(values.keys()).filter((seq) => !Number.isNaN(values[seq]!)), [values])

  const xOf = (k: number) =>
    side + (k * (Math.max(width, scales.length * 74) - 2 * side)) / Math.max(1, scales.length - 1)
  const yOf = (share: number) => height - bottom - share * (height - bottom - top)
  const pathOf = (seq: number) =>
    scales
      .map((scale, k) => `${k ? 'L' : 'M'}${xOf(k).toFixed(1)} ${yOf(scale.at(seq) || 0).toFixed(1)}`)
      .join('')
  const strong = scales.find(({ name }) => name === measure.name)
  const strength = (seq: number) => 0.1 + 0.55 * (strong?.at(seq) || 0)
  const drawn = seqs.length > mostElements
  const wide = Math.max(width, scales.length * 74)

  useEffect(() => {
    const drawing = drawn ? canvas.current?.getContext('2d') : null
    if (!drawing || width === 0) return
    const scale = window.devicePixelRatio
    drawing.canvas.width = wide * scale
    drawing.canvas.height = height * scale
    drawing.scale(scale, scale)
    drawing.strokeStyle = getComputedStyle(drawing.canvas).color
    for (const seq of seqs) {
      drawing.globalAlpha = strength(seq) * Math.min(1, 6_000 / seqs.length)
      drawing.stroke(new Path2D(pathOf(seq)))
    }
  })

  const look = (event: React.PointerEvent) => {
    const { left, top: y0 } = event.currentTarget.getBoundingClientRect()
    const [x, y] = [event.clientX - left, event.clientY - y0]
    const step = xOf(1) - xOf(0) || 1
    const k = Math.min(scales.length - 2, Math.max(0, Math.floor((x - side) / step)))
    const part = (x - xOf(k)) / step
    let best: number | null = null
    let least = reach
    for (const seq of seqs) {
      const [a, b] = [yOf(scales[k]!.at(seq)), yOf(scales[k + 1]?.at(seq) ?? scales[k]!.at(seq))]
      const away = Math.abs(a + (b - a) * part - y)
      if (away < least) [least, best] = [away, seq]
    }
    setNear(best === null ? null : { seq: best, x: event.clientX, y: event.clientY })
  }

  return (
    <figure className={styles.shares}>
      <figcaption className={styles.axisName} data-caption>
        {seqs.length} cells; the stronger the line, the more {measure.label}
      </figcaption>
      <div ref={box} className={styles.parallel}>
        {drawn && <canvas ref={canvas} style={{ width: wide, height }} />}
        {/* biome-ignore lint/a11y/useKeyWithClickEvents: the table below leads to every cell by keyboard */}
        <svg
          role="img"
          aria-label="Every cell as a line through its settings and measures; the table has the same figures"
          width={wide}
          height={height}
          className={styles.clickable}
          onPointerMove={look}
          onPointerLeave={() => setNear(null)}
          onClick={() => near !== null && open(near.seq)}
        >
          {!drawn &&
            seqs.map((seq) => (
              <path key={seq} d={pathOf(seq)} fill="none" stroke="var(--ink)" strokeOpacity={strength(seq)} />
            ))}
          {near !== null && <path d={pathOf(near.seq)} fill="none" stroke="var(--accent)" strokeWidth={2} />}
          {scales.map((scale, k) => (
            <g key={scale.name} transform={`translate(${xOf(k)} 0)`}>
              <line y1={top} y2={height - bottom} stroke="var(--dim)" />
              <text
                y={k % 2 ? 34 : 16}
                x={k === 0 ? -side : k === scales.length - 1 ? side - 8 : 0}
                textAnchor={k === 0 ? 'start' : k === scales.length - 1 ? 'end' : 'middle'}
                className={styles.svgAxis}
              >
                {tickText(scale.label, 20)}
              </text>
              {scale.marks.map(({ at, text }) => (
                <text key={at} x={6} y={yOf(at) + 4} className={styles.svgTick}>
                  {text}
                </text>
              ))}
            </g>
          ))}
        </svg>
        {near !== null && (
          <Float x={near.x} y={near.y}>
            {card({
              title: cellText(
                axes,
                axes.map((_, axis) => pointAt(axes, axis, near.seq)),
              ),
              lines: [`${measure.label} ${inUnits(values[near.seq]!, measure)}`],
              seqs: [near.seq],
            })}
          </Float>
        )}
      </div>
    </figure>
  )
}
