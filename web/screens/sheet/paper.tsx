'use client'

import { memo } from 'react'
import {
  type ComposedSheet,
  type FontName,
  type SheetLayout,
  type TextBox,
  type Theme,
  themes,
} from '#charts'
import { box, css, PaperCell, Sign } from './paper-cell.tsx'

/** Families and weights as the printers have them, and where a line stands in its height (em, from the font files). */
const faces: Record<FontName, { family: string; weight: number; ascent: number; descent: number }> = {
  title: { family: 'var(--serif)', weight: 600, ascent: 1.036, descent: 0.335 },
  subtitle: { family: 'var(--serif)', weight: 400, ascent: 1.036, descent: 0.335 },
  mono: { family: 'var(--mono)', weight: 400, ascent: 1.025, descent: 0.275 },
  text: { family: 'var(--sans)', weight: 400, ascent: 0.969, descent: 0.241 },
  strong: { family: 'var(--sans)', weight: 600, ascent: 0.969, descent: 0.241 },
}

/** Sizes of the pictures, by their place in the plan. */
export type PictureSizes = ReadonlyMap<number, { width: number; height: number }>

/**
 * One page as it will be printed: the same layout, drawn by the browser. `scale` is pixels of the screen per pixel of
 * the page; `from` and `to` bound the rows of the page in sight, so that only their pictures are fetched.
 */
export const Paper = memo(function Paper(props: {
  sheet: ComposedSheet
  page: number
  scale: number
  from: number
  to: number
  sizes: PictureSizes
  label: string
}) {
  const { sheet, page, scale, from, to, sizes, label } = props
  const layout = sheet.pages[page]!
  const theme = themes[sheet.theme]
  const isInSight = (box: { y: number; height: number }) => box.y + box.height >= from && box.y <= to

  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${layout.width} ${layout.height}`}
      width={layout.width * scale}
      height={layout.height * scale}
    >
      <rect width={layout.width} height={layout.height} fill={css(theme.background)} />
      {layout.cells.filter(isInSight).map((cell) => (
        <PaperCell key={cell.seq} {...{ cell, layout, theme, scale }} size={sizes.get(cell.seq)} />
      ))}
      {layout.fills.map((fill) => (
        <rect
          key={`${fill.kind} ${fill.x} ${fill.y}`}
          {...box(fill)}
          fill={css(fill.kind === 'line' ? theme.line : theme.ink)}
          fillOpacity={fill.kind === 'line' ? 1 : fill.kind === 'cut' ? 1 : fill.strength}
        />
      ))}
      {layout.swatches.map((swatch) => (
        <Sign key={swatch.state} box={swatch} {...{ layout, theme }} state={swatch.state} />
      ))}
      {layout.curves.map(({ curve, ...at }) => (
        <path
          key={`${at.x} ${at.y}`}
          d={curvePath(curve, at)}
          fill="none"
          stroke={css(theme.ink)}
          strokeWidth={1.5 * layout.unit}
        />
      ))}
      {layout.texts.filter(isInSight).map((text) => (
        <Lines key={`${text.role} ${text.x} ${text.y}`} text={text} theme={theme} />
      ))}
      {layout.qr && <Qr qr={layout.qr} theme={theme} />}
    </svg>
  )
})

function Lines({ text, theme }: { text: TextBox; theme: Theme }) {
  const { family, weight, ascent, descent } = faces[text.font]
  const baseline = (text.lineHeight - (ascent + descent) * text.size) / 2 + ascent * text.size
  const anchor = { left: 'start', centre: 'middle', right: 'end' } as const
  const shift = { left: 0, centre: text.width / 2, right: text.width }

  return (
    <text
      style={{ fontFamily: family }}
      fontWeight={weight}
      fontSize={text.size}
      fill={css(theme[text.tone])}
      textAnchor={anchor[text.align]}
    >
      {text.lines.map((line, i) => (
        <tspan
          // biome-ignore lint/suspicious/noArrayIndexKey: lines have no other name
          key={i}
          x={text.x + shift[text.align]}
          y={text.y + i * text.lineHeight + baseline}
        >
          {line}
        </tspan>
      ))}
    </text>
  )
}

/** A step for each stretch of the run. */
function curvePath(
  curve: SheetLayout['curves'][number]['curve'],
  at: { x: number; y: number; width: number; height: number },
): string {
  let share = 0

  return curve
    .map(([level, length], i) => {
      const y = at.y + at.height * (1 - level)
      const start = at.x + at.width * share
      share += length

      return `${i === 0 ? 'M' : 'L'}${start} ${y}L${at.x + at.width * share} ${y}`
    })
    .join('')
}

function Qr({ qr, theme }: { qr: NonNullable<SheetLayout['qr']>; theme: Theme }) {
  const isLight = theme.background[0] > theme.ink[0]
  const [dark, light] = isLight ? [theme.ink, theme.background] : [theme.background, theme.ink]
  const free = qr.width - qr.size * qr.module
  const quiet = isLight ? free : free / 2
  let squares = ''
  for (let row = 0; row < qr.size; row++)
    for (let column = 0; column < qr.size; column++)
      if (qr.modules[row * qr.size + column])
        squares += `M${qr.x + quiet + column * qr.module} ${qr.y + quiet + row * qr.module}h${qr.module}v${qr.module}h${-qr.module}z`

  return (
    <>
      <rect {...box(qr)} fill={css(light)} />
      <path d={squares} fill={css(dark)} shapeRendering="crispEdges" />
    </>
  )
}
