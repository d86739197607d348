'use client'

import { CartesianGrid, ResponsiveContainer, Scatter, ScatterChart, Tooltip, XAxis, YAxis } from 'recharts'
import { inUnits, type PictureMeasure, pointAt } from '#charts'
import { DenseScatter } from './dense-scatter.tsx'
import styles from './effects-screen.module.css'
import { cellText, type FigureProps, figureText, type Mark, rulerOf, tick } from './figure-props.ts'

/** Beyond this every point as an element of the page would make it slow. */
const mostElements = 2_000

export interface Point {
  seq: number
  x: number
  y: number
}

/** Two measures against each other, a point for every cell. */
export default function MeasureScatter(props: FigureProps & { against: PictureMeasure }) {
  const { axes, values, measure, against, columns, card, open } = props
  const other = columns.get(against.name)
  const points: Point[] = []
  if (other)
    for (let seq = 0; seq < values.length; seq++)
      if (!Number.isNaN(values[seq]!) && !Number.isNaN(other[seq]!))
        points.push({ seq, x: values[seq]!, y: other[seq]! })
  const [across, up] = [rulerOf(points.map(({ x }) => x)), rulerOf(points.map(({ y }) => y))]
  if (!across || !up) return null

  const markOf = ({ seq, x, y }: Point): Mark => ({
    title: cellText(
      axes,
      axes.map((_, axis) => pointAt(axes, axis, seq)),
    ),
    lines: [`${measure.label} ${inUnits(x, measure)}`, `${against.label} ${inUnits(y, against)}`],
    seqs: [seq],
  })
  const caption = (
    <figcaption className={styles.axisName} data-caption>
      {against.label} (up) by {measure.label} (across), {points.length} cells
    </figcaption>
  )
  if (points.length > mostElements)
    return (
      <figure className={styles.shares}>
        {caption}
        <DenseScatter
          points={points}
          across={across}
          up={up}
          measures={[measure, against]}
          card={(point) => card(markOf(point))}
          open={open}
        />
      </figure>
    )

  return (
    <figure className={styles.shares}>
      {caption}
      <ResponsiveContainer width="100%" height={460}>
        <ScatterChart margin={{ top: 8, right: 16, bottom: 4, left: 0 }} className={styles.clickable}>
          <CartesianGrid stroke="var(--line)" />
          <XAxis
            type="number"
            dataKey="x"
            domain={across.range}
            ticks={across.ticks}
            tick={tick}
            tickLine={false}
            axisLine={{ stroke: 'var(--line)' }}
            tickFormatter={(value) => figureText(Number(value), measure.digits)}
          />
          <YAxis
            type="number"
            dataKey="y"
            domain={up.range}
            ticks={up.ticks}
            tick={tick}
            tickLine={false}
            axisLine={{ stroke: 'var(--line)' }}
            width={56}
            tickFormatter={(value) => figureText(Number(value), against.digits)}
          />
          <Tooltip
            isAnimationActive={false}
            cursor={false}
            wrapperStyle={{ zIndex: 40 }}
            content={({ active, payload }) => {
              const point = payload?.[0]?.payload as Point | undefined
              return active && point ? card(markOf(point)) : null
            }}
          />
          <Scatter
            data={points}
            isAnimationActive={false}
            fill="var(--ink)"
            fillOpacity={0.65}
            onClick={(point) => open((point.payload as Point).seq)}
          />
        </ScatterChart>
      </ResponsiveContainer>
    </figure>
  )
}
