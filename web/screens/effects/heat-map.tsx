'use client'

import { type SyntheticEvent, useRef, useState } from 'react'
import { type InteractionCell, interaction, inUnits } from '#charts'
import { signed } from '../../wire/format.ts'
import { useRoom } from '../compare/use-room.ts'
import styles from './effects-screen.module.css'
import { type FigureProps, figureText, rulerOf, tickText } from './figure-props.ts'
import { Float } from './float.tsx'

const [height, gap, headLeft, headTop] = [58, 3, 110, 44]
const widths = { least: 64, most: 132 }
/** Of ink over paper; darker than this and the figures could no longer be read. */
const mostInk = 0.42

/** Means over every pair of points of two axes, exposed like a test strip: more is darker, or lighter in the dark. */
export default function HeatMap(
  props: FigureProps & { pair: { column: number; row: number }; beyond: boolean },
) {
  const { axes, values, measure, card, open, beyond } = props
  const { column, row } = props.pair
  const box = useRef<HTMLDivElement>(null)
  const room = useRoom(box)
  const [at, setAt] = useState<{ cell: InteractionCell; r: number; c: number; x: number; y: number } | null>(
    null,
  )
  const grid = interaction({ axes, values }, { column, row })
  const shown = (cell: InteractionCell) => (beyond ? cell.beyond : cell.mean)
  const range = rulerOf(grid.flat().flatMap((cell) => shown(cell) ?? []))?.range
  if (!range) return null

  const [across, down] = [axes[column]!, axes[row]!]
  const width = Math.max(
    widths.least,
    Math.min(widths.most, (room.width - headLeft) / across.labels.length - gap),
  )
  const text = (value: number) => (beyond ? signed(value, measure.digits) : figureText(value, measure.digits))
  const words = (r: number, c: number) => `${across.name} ${across.labels[c]}, ${down.name} ${down.labels[r]}`

  return (
    <div ref={box} className={styles.heat}>
      {/* biome-ignore lint/a11y/useSemanticElements: an SVG holds no fieldset */}
      <svg
        role="group"
        aria-label={`${measure.label} by ${across.name} and ${down.name}`}
        width={headLeft + across.labels.length * (width + gap)}
        height={headTop + down.labels.length * (height + gap)}
      >
        <text x={headLeft} y={12} className={styles.svgAxis}>
          {across.name}
        </text>
        <text x={0} y={headTop - 8} className={styles.svgAxis}>
          {tickText(down.name, 15)}
        </text>
        {across.labels.map((label, c) => (
          <text
            key={label}
            x={headLeft + c * (width + gap) + width / 2}
            y={headTop - 8}
            className={styles.svgTick}
            textAnchor="middle"
          >
            {tickText(label, 11)}
          </text>
        ))}
        {down.labels.map((label, r) => (
          <text
            key={label}
            x={headLeft - 12}
            y={headTop + r * (height + gap) + height / 2 + 4}
            className={styles.svgTick}
            textAnchor="end"
          >
            {tickText(label, 14)}
          </text>
        ))}
        {grid.map((line, r) =>
          line.map((cell, c) => {
            const value = shown(cell)
            const [x, y] = [headLeft + c * (width + gap), headTop + r * (height + gap)]
            const key = `${down.labels[r]} ${across.labels[c]}`
            if (value === null)
              return (
                <rect
                  key={key}
                  x={x + 0.5}
                  y={y + 0.5}
                  width={width - 1}
                  height={height - 1}
                  rx={2}
                  fill="none"
                  stroke="var(--line)"
                />
              )
            const ink = ((value - range[0]) / (range[1] - range[0])) * mostInk * 100
            const show = (event: SyntheticEvent<SVGElement>) => {
              const { right, top } = event.currentTarget.getBoundingClientRect()
              setAt({ cell, r, c, x: right, y: top })
            }

            return (
              // biome-ignore lint/a11y/useSemanticElements: inside an SVG there is no button
              <g
                key={key}
                role="button"
                tabIndex={0}
                aria-label={`${words(r, c)}: ${text(value)}. Open the cell`}
                className={styles.clickable}
                onClick={() => open(cell.seqs[0]!)}
                onKeyDown={(event) => event.key === 'Enter' && open(cell.seqs[0]!)}
                onPointerEnter={show}
                onPointerLeave={() => setAt(null)}
                onFocus={show}
                onBlur={() => setAt(null)}
              >
                <rect
                  x={x}
                  y={y}
                  width={width}
                  height={height}
                  rx={2}
                  style={{ fill: `color-mix(in oklab, var(--ink) ${ink.toFixed(1)}%, var(--surface-1))` }}
                />
                <text
                  x={x + width / 2}
                  y={y + height / 2 + 4}
                  textAnchor="middle"
                  className={styles.svgValue}
                >
                  {text(value)}
                </text>
              </g>
            )
          }),
        )}
      </svg>
      {at && (
        <Float x={at.x} y={at.y}>
          {card({
            title: words(at.r, at.c),
            lines: [
              `${measure.label} ${inUnits(at.cell.mean!, measure)}`,
              `${signed(at.cell.beyond!, measure.digits)} beyond what both do alone`,
            ],
            seqs: at.cell.seqs,
          })}
        </Float>
      )}
    </div>
  )
}
