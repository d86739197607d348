import type { Header } from '#study'

/** Advance of one character of the 12 px mono face, and its line. */
const character = 7.25
const line = 15

const edge = 18
const padding = 14
const underBand = 7

/** One label over all the columns it holds for. */
export interface Band {
  label: string
  axis: number
  /** First column, and how many. */
  start: number
  span: number
}

/** The labels above the columns, outermost level first; the last level has one band per column. */
export function bandsOf(headers: readonly Header[]): Band[][] {
  const levels = headers[0]?.labels.length ?? 0

  return Array.from({ length: levels }, (_, level) => {
    const bands: (Band & { under: string })[] = []
    for (const [column, header] of headers.entries()) {
      const under = header.coords
        .slice(0, level + 1)
        .map((coord) => coord.join('.'))
        .join(' ')
      const last = bands.at(-1)
      if (last?.under === under) last.span++
      else
        bands.push({
          label: header.labels[level]!,
          axis: header.coords[level]![0],
          start: column,
          span: 1,
          under,
        })
    }

    return bands.map(({ under: _, ...band }) => band)
  })
}

/** Room for headers so that every label can be read in full: long ones wrap, none is clipped. */
export function headSizes(options: {
  bands: readonly Band[][]
  rows: readonly Header[]
  cellWidth: number
  gap: number
}): {
  headWidth: number
  headHeight: number
  /** Height of each level of bands. */
  levels: number[]
} {
  const { bands, cellWidth, gap } = options
  const levels = bands.map((level, index) => {
    const lines = Math.max(
      1,
      ...level.map((band) => linesOf(band.label, band.span * (cellWidth + gap) - gap)),
    )
    return lines * line + (index < bands.length - 1 ? underBand : 0)
  })
  const longest = Math.max(1, ...options.rows.flatMap((header) => header.labels.map((label) => label.length)))

  return {
    levels,
    headHeight:
      Math.max(
        line,
        levels.reduce((sum, height) => sum + height, 0),
      ) + 24,
    headWidth: Math.ceil(Math.min(200, Math.max(70, longest * character + edge + padding))),
  }
}

const linesOf = (label: string, width: number): number =>
  Math.max(1, Math.ceil(label.length / Math.max(1, Math.floor(width / character))))
