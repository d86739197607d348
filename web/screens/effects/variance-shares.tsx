'use client'

import { Bar, BarChart, Cell, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts'
import { type Share, sharesOf } from '#charts'
import styles from './effects-screen.module.css'
import { type FigureProps, tick, tickText } from './figure-props.ts'

const fills: Record<Share['kind'], string> = {
  setting: 'var(--ink)',
  seeds: 'var(--dim)',
  noise: 'var(--surface-3)',
}

export default function VarianceShares({ analysis }: FigureProps) {
  if (!analysis) return null
  const shares = sharesOf(analysis)

  return (
    <figure className={styles.shares}>
      <figcaption className={styles.axisName} data-caption>
        share of the variance
      </figcaption>
      <ResponsiveContainer width="100%" height={shares.length * 38 + 34}>
        <BarChart
          data={shares}
          layout="vertical"
          margin={{ top: 0, right: 52, bottom: 0, left: 0 }}
          barSize={14}
        >
          <XAxis
            type="number"
            domain={[0, 1]}
            ticks={[0, 0.25, 0.5, 0.75, 1]}
            tick={tick}
            tickLine={false}
            axisLine={{ stroke: 'var(--line)' }}
            tickFormatter={(value) => `${Math.round(Number(value) * 100)} %`}
          />
          <YAxis
            type="category"
            dataKey="name"
            tick={{ ...tick, fill: 'var(--ink)', fontSize: 12 }}
            tickLine={false}
            axisLine={false}
            width={210}
            interval={0}
            tickFormatter={(name) => tickText(String(name), 28)}
          />
          <Tooltip
            isAnimationActive={false}
            cursor={{ fill: 'var(--surface-2)' }}
            content={({ active, payload }) => {
              const share = payload?.[0]?.payload as Share | undefined
              return active && share ? (
                <div className={styles.card}>
                  <b>{share.name}</b>
                  <p>
                    {(share.share * 100).toFixed(1)} % of the variance; {share.says}
                  </p>
                </div>
              ) : null
            }}
          />
          <Bar
            dataKey="share"
            isAnimationActive={false}
            radius={2}
            label={{
              position: 'right',
              fill: 'var(--muted)',
              fontSize: 11,
              formatter: (share) => `${(Number(share) * 100).toFixed(1)} %`,
            }}
          >
            {shares.map(({ name, kind }) => (
              <Cell key={name} fill={fills[kind]} stroke={kind === 'noise' ? 'var(--dim)' : 'none'} />
            ))}
          </Bar>
        </BarChart>
      </ResponsiveContainer>
    </figure>
  )
}
