import type { ComposedSheet } from './compose-sheet.ts'
import { type FormatName, formatNamed, type SheetFormat, sheetFormats } from './formats.ts'

export interface Feasibility {
  format: FormatName
  /** How many files it makes. */
  files: number
  /** Of the largest page, pixels. */
  width: number
  height: number
  /** Of all pages. */
  megapixels: number
  /** About; how well pictures compress is known only afterwards. */
  bytes: number
  /** Why this format cannot hold the sheet and what to do, in one sentence; null when it can. */
  problem: string | null
  /** The nearest format that can. */
  instead: FormatName | null
}

/** What a format makes of a sheet, before anything is drawn. `ffmpeg`: is it installed, where that is known? */
export function sheetFeasibility(
  sheet: ComposedSheet,
  name: FormatName,
  { ffmpeg }: { ffmpeg?: boolean } = {},
): Feasibility {
  const format = formatNamed(name)
  const pages = format.kind === 'moving' ? sheet.frames.map(({ layout }) => layout) : sheet.pages
  const problem = problemOf(format, sheet, ffmpeg)
  const width = Math.max(0, ...pages.map((page) => page.width))
  const height = Math.max(0, ...pages.map((page) => page.height))
  const pixels = pages.reduce((sum, page) => sum + page.width * page.height, 0)

  return {
    format: name,
    files: format.kind === 'picture' || name === 'svg' ? pages.length : 1,
    width,
    height,
    megapixels: Math.round(pixels / 1e4) / 100,
    bytes: bytesOf(format, sheet, pixels),
    problem,
    instead: problem === null ? null : insteadOf(format, sheet, ffmpeg),
  }
}

function problemOf(format: SheetFormat, sheet: ComposedSheet, ffmpeg?: boolean): string | null {
  if (format.kind === 'moving') return movingProblem(format, sheet, ffmpeg)
  for (const { width, height, problem } of sheet.pages) {
    if (problem) return problem
    const { side, pixels } = format.limits
    if (width > side || height > side)
      return `The sheet would be ${width} × ${height} pixels, but ${format.title} holds at most ${side} on a side; ${smaller(format, width, height)}.`
    if (width * height > pixels)
      return `The sheet would be ${width} × ${height} pixels, more than one ${format.title} of ours holds (${pixels / 1e6} megapixels); ${smaller(format, width, height)}.`
  }

  return null
}

function smaller({ limits }: SheetFormat, width: number, height: number): string {
  const share = Math.min(
    1,
    limits.side / width,
    limits.side / height,
    Math.sqrt(limits.pixels / (width * height)),
  )

  return `print its cells at ${Math.floor(share * 100)} % of their width or less, or put an axis on pages apart`
}

function movingProblem(
  { name, title, limits }: SheetFormat,
  { frames }: ComposedSheet,
  ffmpeg?: boolean,
): string | null {
  if (frames.length < 2)
    return `${title} goes along one axis: choose one that has at least two points (\`along\`).`
  if (name === 'mp4' && ffmpeg === false)
    return 'MP4 films are made by ffmpeg, which is not installed here; install it, or take an animated WebP.'
  const { width, height, problem } = frames[0]!.layout
  if (problem) return problem
  if (width > limits.side || height > limits.side)
    return `The frames would be ${width} × ${height} pixels, but ${title} holds at most ${limits.side} on a side; print smaller cells.`
  if (width * height * frames.length > limits.pixels)
    return `${frames.length} frames of ${width} × ${height} pixels are more than one ${title} of ours holds (${limits.pixels / 1e6} megapixels); print smaller cells.`

  return null
}

/** Of its own kind first, then whatever holds anything. */
function insteadOf(format: SheetFormat, sheet: ComposedSheet, ffmpeg?: boolean): FormatName | null {
  const nearness = (other: SheetFormat) =>
    (other.kind === format.kind ? 0 : 2) + (other.lossless === format.lossless ? 0 : 1)
  const others = sheetFormats.filter((other) => other !== format).sort((a, b) => nearness(a) - nearness(b))

  return others.find((other) => problemOf(other, sheet, ffmpeg) === null)?.name ?? null
}

type PictureFormat = Exclude<FormatName, 'svg' | 'pdf' | 'zip' | 'html' | 'site'>

/**
 * Bytes per pixel of a sheet, measured by `npm run bench -- sheet`: of grainy pictures at their own size or smaller
 * (`post`; three frames of four such pictures where it moves), and of the small pictures that ship, enlarged (`bytes`).
 * A PNG of a gigapixel, packed for speed, has 1.37 instead of 0.89.
 */
const perPixel: Record<'grainy' | 'enlarged', Record<PictureFormat, number>> = {
  grainy: { png: 0.89, jpg: 0.28, webp: 0.15, avif: 0.09, 'webp-animated': 0.08, gif: 0.33, mp4: 0.16 },
  enlarged: { png: 0.1, jpg: 0.13, webp: 0.056, avif: 0.036, 'webp-animated': 0.02, gif: 0.08, mp4: 0.027 },
}
/** Of a picture as it was rendered: 2.5 for those that ship, 2.8 for grainy ones of 1280 × 768. */
const perPicturePixel = 2.6

function bytesOf(format: SheetFormat, { document, embedded, pages }: ComposedSheet, pixels: number): number {
  const { width, height } = document.pictures.picture
  const record = 4000 + 70 * embedded.renderKeys.length
  if (format.kind === 'picture' || format.kind === 'moving') {
    const isEnlarged = pages.some(({ cells }) => cells.some((cell) => cell.width > width))
    const each = perPixel[isEnlarged ? 'enlarged' : 'grainy'][format.name as PictureFormat]

    return Math.round(record + pixels * each)
  }
  const pictures = new Set(embedded.pictures.filter((image) => image !== null)).size
  const inText = format.name === 'svg' || format.name === 'html' ? 4 / 3 : 1

  return Math.round(record + pictures * width * height * perPicturePixel * inText + 200_000)
}
