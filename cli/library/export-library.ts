import { mkdir, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { BlobStore } from '#blobs'
import { type ComposedSheet, composeSheet, postingSize, type SheetOptions, sheetFeasibility } from '#charts'
import { measureByFont, pageBeside, pictureExtension, printSheet, TileMaker, xmlText } from '#charts/print'
import { allCells, type Ledger, listStudies, packNamed, type StudySummary } from '#prisma'
import { makePlan, studyFileToYaml } from '#study'
import { writeWhole } from '../output.ts'
import { type Card, indexPage } from './index-page.ts'

export interface ExportLibrary {
  ledger: Ledger
  blobs: BlobStore
  /** The folder, made if it is not there; what is in it already is not written again. */
  out: string
  title: string
  theme: 'light' | 'dark'
  /** Where the folder will be on the web: cards that other sites show need whole addresses. */
  url?: string
  progress: (study: string, done: number, of: number) => void
}

const most = 100_000
/** From so many pictures on a page brings contact sheets of small ones. */
const many = 256

/**
 * The whole library as a folder that any web host can serve: a page of cards, a page to explore per study, its sheet,
 * its study file, and every picture once, by its hash. One study at a time, one picture of it at a time.
 */
export async function exportLibrary(options: ExportLibrary): Promise<{ studies: number; left: string[] }> {
  const { ledger, out, title, theme, progress } = options
  const studies = (await listStudies(ledger, { limit: most })).filter(({ counts }) => counts.done > 0)
  const cards: Card[] = []
  const left: string[] = []

  for (const [i, study] of studies.entries()) {
    progress(study.title, i, studies.length)
    const sheet = await composed(options, study)
    if (sheet) cards.push(await exportStudy(options, study, sheet))
    else left.push(study.title)
  }
  await writeWhole(join(out, 'index.html'), await indexPage({ title, theme, cards }))

  return { studies: cards.length, left }
}

/** Null where the pack of the study is no longer known, so that nobody can say how it is laid out. */
async function composed(
  { ledger, theme }: ExportLibrary,
  study: StudySummary,
  options: Partial<SheetOptions> = {},
): Promise<ComposedSheet | null> {
  const pack = await packNamed(ledger, study.file.pack)
  const plan = pack && makePlan(study.file, pack).plan
  if (!plan) return null
  const date = (study.finishedAt ?? study.updatedAt).toISOString().slice(0, 10)

  return composeSheet({
    ...{ study, plan, cells: await allCells(ledger, study.id), measure: measureByFont },
    options: { theme, date, ...options },
  })
}

async function exportStudy(options: ExportLibrary, study: StudySummary, sheet: ComposedSheet): Promise<Card> {
  const { out, blobs, url } = options
  const folder = join(out, 'studies', study.id)
  await mkdir(folder, { recursive: true })
  const picture = (sha: string) => blobs.get(sha)
  const { addresses, tiles } = await exportPictures(options, study.id, sheet)

  await writeWhole(join(folder, 'study.yaml'), studyFileToYaml(study.file))
  const size = postingSize(sheet.plan)
  const card = (await composed(options, study, { size, pages: 'apart' }))!
  await printSheet({ sheet: card, format: 'png', page: 0, picture, out: join(folder, 'card.png') })
  const hasSheet = sheet.pages.length === 1 && sheetFeasibility(sheet, 'png').problem === null
  if (hasSheet) await printSheet({ sheet, format: 'png', picture, out: join(folder, 'sheet.png') })

  const page = await pageBeside(sheet, {
    address: (sha) => addresses.get(sha) ?? '',
    missing: missingOf(sheet, addresses),
    tiles,
    head: headOf(study, url && `${url}/studies/${study.id}`),
    home: '../../index.html',
  })
  await writeWhole(join(folder, 'index.html'), page)

  return {
    id: study.id,
    title: study.title,
    axes: sheet.plan.axes.map(({ name, points }) => ({ name, count: points.length })),
    pictures: addresses.size,
    date: (study.finishedAt ?? study.updatedAt).toISOString().slice(0, 10),
    hasSheet,
  }
}

/** Every picture of the study into the folder of all pictures, and contact sheets of them where they are many. */
async function exportPictures(
  { out, blobs }: ExportLibrary,
  studyId: string,
  { cells, document }: ComposedSheet,
) {
  const images = imagesOf(cells)
  const addresses = new Map<string, string>()
  const maker = images.length > many ? new TileMaker(document.pictures.picture) : null
  const paths: string[] = []
  const keepTile = async (webp: Uint8Array | null | undefined): Promise<void> => {
    if (!webp) return
    const path = `tiles/${paths.length}.webp`
    await mkdir(join(out, 'studies', studyId, 'tiles'), { recursive: true })
    await writeWhole(join(out, 'studies', studyId, path), webp)
    paths.push(path)
  }

  for (const sha of images) {
    const bytes = await blobs.get(sha)
    if (bytes) {
      const path = `pictures/${sha.slice(0, 2)}/${sha}.${pictureExtension(bytes)}`
      if (!(await isThere(join(out, path), bytes.length))) {
        await mkdir(dirname(join(out, path)), { recursive: true })
        await writeWhole(join(out, path), bytes)
      }
      addresses.set(sha, `../../${path}`)
    }
    await keepTile(await maker?.add(bytes))
  }
  await keepTile(await maker?.end())

  return { addresses, tiles: maker ? { paths, per: maker.per } : undefined }
}

const isThere = (path: string, bytes: number): Promise<boolean> =>
  stat(path).then(
    ({ size }) => size === bytes,
    () => false,
  )

/** In the order in which a page numbers them. */
const imagesOf = (cells: ComposedSheet['cells']): string[] => [
  ...new Set(cells.flatMap(({ status, image }) => (status === 'done' && image ? [image] : []))),
]

const missingOf = ({ cells }: ComposedSheet, addresses: ReadonlyMap<string, string>): Set<number> =>
  new Set([...imagesOf(cells).entries()].filter(([, sha]) => !addresses.has(sha)).map(([number]) => number))

/** What other sites show of the page; pictures only where it is known which address they will have. */
function headOf({ title, file }: StudySummary, address: string | undefined): string {
  const notes = (file.notes ?? '').split('\n')[0]!
  const meta = (name: string, content: string) => `<meta property="og:${name}" content="${xmlText(content)}">`

  return [
    meta('title', title),
    meta('type', 'article'),
    ...(notes ? [meta('description', notes)] : []),
    ...(address
      ? [
          meta('url', `${address}/`),
          meta('image', `${address}/card.png`),
          '<meta name="twitter:card" content="summary_large_image">',
        ]
      : []),
    '',
  ].join('\n')
}
