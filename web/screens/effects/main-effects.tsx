'use client'

import {
  Area,
  CartesianGrid,
  ComposedChart,
  Line,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts'
import { type EffectPoint, inUnits, mainEffect, type PictureMeasure } from '#charts'
import styles from './effects-screen.module.css'
import { type FigureProps, figureText, type Mark, rulerOf, tick, tickText } from './figure-props.ts'

/** How the measure moves along each axis, everything else averaged out; the band is how far seeds differ. */
export default function MainEffects({ axes, values, measure, card, open }: FigureProps) {
  const effects = axes.flatMap((axis, k) =>
    axis.labels.length > 1 ? [{ axis, points: mainEffect({ axes, values }, k) }] : [],
  )
  const ruler = rulerOf(
    effects.flatMap(({ points }) => points.flatMap(({ mean, band }) => [mean ?? [], band ?? []].flat())),
  )
  if (!ruler) return null

  return (
    <div className={styles.multiples}>
      {effects.map(({ axis, points }) => (
        <figure key={axis.name} className={styles.multiple}>
          <figcaption className={styles.axisName} data-caption>
            {axis.name}
            {axis.isSeed && ' (chance)'}
          </figcaption>
          <ResponsiveContainer width="100%" height={232}>
            <ComposedChart
              data={points}
              margin={{ top: 8, right: 12, bottom: 0, left: 0 }}
              onClick={({ activeTooltipIndex }) => {
                const seq = points[Number(activeTooltipIndex)]?.seqs[0]
                if (seq !== undefined) open(seq)
              }}
              className={styles.clickable}
            >
              <CartesianGrid vertical={false} stroke="var(--line)" />
              <XAxis
                dataKey="label"
                tick={tick}
                tickLine={false}
                axisLine={{ stroke: 'var(--line)' }}
                tickFormatter={(label) => tickText(String(label), 12)}
                padding={{ left: 14, right: 14 }}
                minTickGap={6}
              />
              <YAxis
                domain={ruler.range}
                ticks={ruler.ticks}
                tick={tick}
                tickLine={false}
                axisLine={false}
                width={52}
                tickFormatter={(value) => figureText(Number(value), measure.digits)}
              />
              <Tooltip
                isAnimationActive={false}
                cursor={{ stroke: 'var(--dim)' }}
                wrapperStyle={{ zIndex: 40 }}
                content={({ active, payload }) => {
                  const point = payload?.[0]?.payload as EffectPoint | undefined
                  return active && point ? card(markOf(axis.name, point, measure)) : null
                }}
              />
              <Area
                dataKey="band"
                stroke="none"
                fill="var(--accent)"
                fillOpacity={0.16}
                isAnimationActive={false}
                activeDot={false}
              />
              <Line
                dataKey="mean"
                stroke="var(--ink)"
                strokeWidth={1.75}
                isAnimationActive={false}
                dot={{ r: 3, fill: 'var(--ink)', stroke: 'none' }}
                activeDot={{ r: 5, fill: 'var(--accent)', stroke: 'none' }}
              />
            </ComposedChart>
          </ResponsiveContainer>
        </figure>
      ))}
    </div>
  )
}

function markOf(name: string, point: EffectPoint, measure: PictureMeasure): Mark {
  const spread =
    point.band && point.mean !== null
      ? ` ± ${inUnits(point.band[1] - point.mean, measure)} between seeds`
      : ''

  return {
    title: `${name} ${point.label}`,
    lines:
      point.mean === null
        ? ['nothing measured yet']
        : [`${measure.label} ${inUnits(point.mean, measure)}${spread}`, `mean of ${point.count}`],
    seqs: point.seqs,
  }
}
