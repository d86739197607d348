import { join } from 'node:path'
import sharp from 'sharp'
import { type BlobStore, sha256 } from '#blobs'
import {
  createStudy,
  enqueueCells,
  finishEnqueue,
  type Ledger,
  recordBlob,
  registerPacks,
  setStudyStatus,
} from '#prisma'
import { expandPlan, makePlan, type StudyFile } from '#study'
import { smallPack } from '#study/testing'
import { root } from '../../scripts/stack/settings.ts'

const edge = 64
/** The sixteen pictures of the bundled sheet, four times enlarged. */
const sample = {
  file: join(root, 'examples', 'guidance-by-eta.png'),
  left: 121,
  top: 255,
  across: 4,
  apart: 264,
}
/** Each is taken in so many hues. */
const hues = 15

export interface FilledStudy {
  id: string
  /** The pictures that cells share. */
  images: string[]
}

/**
 * A study whose cells are in the ledger as if they had been rendered: real rows, real pictures (those of the bundled
 * sheet in several hues), each shared by many cells. The last `queued` cells are still to come.
 */
export async function fillStudy(options: {
  ledger: Ledger
  blobs: BlobStore
  title: string
  axes: string[]
  queued?: number
}): Promise<FilledStudy> {
  const { ledger, blobs, title, axes, queued = 0 } = options
  const file: StudyFile = {
    teststrip: 1,
    title,
    pack: smallPack.name,
    recipe: { text_prompts: { '0': [`a lighthouse by the sea, ${title}`] } },
    axes,
  }
  await registerPacks(ledger, [smallPack])
  const { plan, problems } = makePlan(file, smallPack)
  if (!plan) throw new Error(problems.map(({ message }) => message).join(' '))
  const images = await keepPictures(ledger, blobs)
  const { id } = await createStudy(ledger, { file })
  await enqueueCells(ledger, {
    studyId: id,
    pack: smallPack,
    base: plan.base,
    cells: expandPlan(plan, sha256),
  })
  await finishEnqueue(ledger, { studyId: id, size: plan.size })
  await setStudyStatus(ledger, id, 'running')
  await finishCells(ledger, id, { images, from: 0, to: plan.size - queued })

  return { id, images }
}

/** What a worker would have written, for many cells in one transaction; announced once, as every change is. */
export async function finishCells(
  ledger: Ledger,
  id: string,
  options: { images: readonly string[]; from: number; to: number },
): Promise<void> {
  await ledger.pool.query(
    `with study as (
       update "Study" set version = version + 1, "updatedAt" = now() where id = $1 returning id, version
     ), cells as (
       update "Cell" c set status = 'done', version = study.version from study
       where c."studyId" = study.id and c.seq >= $3 and c.seq < $4 and c.status <> 'excluded'
       returning c.seq, c."renderKey" as key
     ), renders as (
       update "Render" r set status = 'done', image = ($2::text[])[1 + (seq * 7 + seq / 53) % cardinality($2::text[])],
         width = $5, height = $5, seconds = 4, "claimedAt" = now() - interval '5 seconds', "finishedAt" = now(),
         metrics = jsonb_build_object('clipSimilarity', 0.2 + 0.1 * sin(seq / 300.0), 'contrast', 0.2 + 0.1 * cos(seq / 90.0))
       from cells where r.key = cells.key
     )
     select pg_notify('teststrip_study', id::text) from study`,
    [id, options.images, options.from, options.to, edge],
  )
}

async function keepPictures(ledger: Ledger, blobs: BlobStore): Promise<string[]> {
  const images: string[] = []
  for (let index = 0; index < sample.across ** 2 * hues; index++) {
    const column = index % sample.across
    const row = Math.floor(index / sample.across) % sample.across
    const png = await sharp(sample.file)
      .extract({
        left: sample.left + column * sample.apart,
        top: sample.top + row * sample.apart,
        width: edge * 4,
        height: edge * 4,
      })
      .resize(edge, edge, { kernel: 'nearest' })
      .modulate({ hue: Math.floor(index / sample.across ** 2) * (360 / hues) })
      .removeAlpha()
      .png()
      .toBuffer()
    const sha = await blobs.put(png, 'image/png')
    await recordBlob(ledger, {
      sha,
      bytes: png.byteLength,
      mediaType: 'image/png',
      width: edge,
      height: edge,
    })
    images.push(sha)
  }

  return images
}
