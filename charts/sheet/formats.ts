export type FormatName =
  | 'png'
  | 'jpg'
  | 'webp'
  | 'avif'
  | 'svg'
  | 'pdf'
  | 'zip'
  | 'html'
  | 'site'
  | 'webp-animated'
  | 'gif'
  | 'mp4'

/** One way to take a sheet home. Printers are in `print/printers.ts`, one per name. */
export interface SheetFormat {
  name: FormatName
  title: string
  /** Of its files; the first is the usual one. */
  extensions: readonly string[]
  mediaType: string
  /**
   * `picture`: one page per file, pixels. `vector`: text stays text, pictures are embedded once. `moving`: one frame
   * per point of an axis. `archive`: files in a ZIP. `viewer`: a page that can be explored.
   */
  kind: 'picture' | 'vector' | 'moving' | 'archive' | 'viewer'
  /** May one file hold several pages? */
  pages: boolean
  /** Does it hold every pixel as it was rendered? */
  lossless: boolean
  /** Pixels along the longest side, and of one page (of all frames where it moves). */
  limits: { side: number; pixels: number }
  /** The study inside comes back from it. */
  carries: boolean
  good: string
}

/** Larger pictures are opened by no common viewer. */
const viewers = { side: 300_000, pixels: 1_500_000_000 }
/** Codecs that hold the whole picture in memory. */
const inMemory = 100_000_000
/** A browser opens a page with that much inside, though not at once. */
const onePage = 1_000_000_000
const unlimited = { side: Number.POSITIVE_INFINITY, pixels: Number.POSITIVE_INFINITY }

/** In the order in which they are offered. */
export const sheetFormats: readonly SheetFormat[] = [
  {
    name: 'png',
    title: 'PNG',
    extensions: ['png'],
    mediaType: 'image/png',
    kind: 'picture',
    pages: false,
    lossless: true,
    limits: viewers,
    carries: true,
    good: 'Exact pixels, any size, opened everywhere.',
  },
  {
    name: 'jpg',
    title: 'JPEG',
    extensions: ['jpg', 'jpeg'],
    mediaType: 'image/jpeg',
    kind: 'picture',
    pages: false,
    lossless: false,
    limits: { side: 65_535, pixels: viewers.pixels },
    carries: true,
    good: 'Small files for posting; pixels change a little.',
  },
  {
    name: 'webp',
    title: 'WebP',
    extensions: ['webp'],
    mediaType: 'image/webp',
    kind: 'picture',
    pages: false,
    lossless: false,
    limits: { side: 16_383, pixels: inMemory },
    carries: true,
    good: 'Smaller than JPEG, for the web.',
  },
  {
    name: 'avif',
    title: 'AVIF',
    extensions: ['avif'],
    mediaType: 'image/avif',
    kind: 'picture',
    pages: false,
    lossless: false,
    limits: { side: 16_384, pixels: 50_000_000 },
    carries: true,
    good: 'The smallest files; slow to make, new browsers only.',
  },
  {
    name: 'svg',
    title: 'SVG',
    extensions: ['svg'],
    mediaType: 'image/svg+xml',
    kind: 'vector',
    pages: false,
    lossless: true,
    limits: unlimited,
    carries: true,
    good: 'Text stays text and can be edited; pictures inside as they are.',
  },
  {
    name: 'pdf',
    title: 'PDF',
    extensions: ['pdf'],
    mediaType: 'application/pdf',
    kind: 'vector',
    pages: true,
    lossless: true,
    limits: unlimited,
    carries: true,
    good: 'For paper: sharp text at any size, several pages.',
  },
  {
    name: 'zip',
    title: 'ZIP of pictures',
    extensions: ['zip'],
    mediaType: 'application/zip',
    kind: 'archive',
    pages: true,
    lossless: true,
    limits: unlimited,
    carries: true,
    good: 'Every picture as a file with its values in the name, a table, and the study.',
  },
  {
    name: 'html',
    title: 'Interactive page',
    extensions: ['html'],
    mediaType: 'text/html',
    kind: 'viewer',
    pages: true,
    lossless: true,
    limits: { side: Number.POSITIVE_INFINITY, pixels: onePage },
    carries: true,
    good: 'One file that swaps axes, zooms and compares, without a network.',
  },
  {
    name: 'site',
    title: 'Interactive folder',
    extensions: ['html.zip'],
    mediaType: 'application/zip',
    kind: 'viewer',
    pages: true,
    lossless: true,
    limits: unlimited,
    carries: true,
    good: 'The same for thousands of pictures, as a folder: for any web host, or to unpack and open.',
  },
  {
    name: 'webp-animated',
    title: 'Animated WebP',
    extensions: ['anim.webp'],
    mediaType: 'image/webp',
    kind: 'moving',
    pages: false,
    lossless: false,
    limits: { side: 16_383, pixels: inMemory },
    carries: true,
    good: 'Goes along one axis, in good colours.',
  },
  {
    name: 'gif',
    title: 'GIF',
    extensions: ['gif'],
    mediaType: 'image/gif',
    kind: 'moving',
    pages: false,
    lossless: false,
    limits: { side: 65_535, pixels: inMemory },
    carries: true,
    good: 'Goes along one axis, plays everywhere, 256 colours.',
  },
  {
    name: 'mp4',
    title: 'MP4 film',
    extensions: ['mp4'],
    mediaType: 'video/mp4',
    kind: 'moving',
    pages: false,
    lossless: false,
    limits: { side: 4096, pixels: Number.POSITIVE_INFINITY },
    carries: true,
    good: 'Goes along one axis; made by ffmpeg where that is installed.',
  },
]

export const formatNamed = (name: FormatName): SheetFormat =>
  sheetFormats.find((format) => format.name === name)!

/** The format of a file name, by its ending; undefined for endings that none has. */
export function formatOfFile(path: string): SheetFormat | undefined {
  const name = path.toLowerCase()
  const endings = sheetFormats.flatMap((format) =>
    format.extensions.map((extension) => ({ format, extension })),
  )

  return endings
    .sort((a, b) => b.extension.length - a.extension.length)
    .find(({ extension }) => name.endsWith(`.${extension}`))?.format
}
