import { createHash } from 'node:crypto'
import type { BlobStore } from '#blobs'
import { importStudy, type Ledger, takeKey } from '#prisma'
import { engineVersion, type Recipe } from '#study'
import { ahead } from './ahead.ts'
import { namedPictures, picturesOfRender } from './format.ts'
import { keyOf } from './key-of.ts'
import { type Archive, openArchive, refuse } from './read-archive.ts'

export type Imported = Awaited<ReturnType<typeof importStudy>> & { title: string }

/**
 * Takes a study out of an archive into ledger and store: all is checked, then the pictures are stored, then the rows
 * are written in one transaction. Nothing is rendered: pictures are found by their render keys.
 */
export async function importArchive(options: {
  ledger: Ledger
  blobs: BlobStore
  path: string
  copy?: boolean
  onPicture?: (count: number, of: number) => void
}): Promise<Imported> {
  const archive = await openArchive(options.path)
  try {
    await checkRecords(archive)
    await storePictures(archive, options)

    return await writeRows(archive, options)
  } finally {
    await archive.close()
  }
}

async function storePictures(
  archive: Archive,
  { blobs, onPicture }: { blobs: BlobStore; onPicture?: (count: number, of: number) => void },
): Promise<void> {
  const types = new Map<string, string>()
  for await (const { sha, mediaType } of archive.lines('blobs')) types.set(sha, mediaType)
  const store = async (sha: string) => {
    const bytes = await archive.picture(sha)
    if (createHash('sha256').update(bytes).digest('hex') !== sha)
      refuse(`holds other bytes than its name says in the picture ${sha}`)
    await blobs.put(bytes, types.get(sha) ?? 'image/webp')
  }

  let done = 0
  for await (const _ of ahead(archive.pictures, 8, store)) onPicture?.(++done, archive.pictures.size)
}

async function writeRows(
  archive: Archive,
  { ledger, copy }: { ledger: Ledger; copy?: boolean },
): Promise<Imported> {
  const { study, cells } = archive.manifest
  const at = (text: string | null) => (text === null ? null : new Date(text))
  const imported = await importStudy(
    ledger,
    {
      study: {
        ...study,
        ...{ createdAt: new Date(study.createdAt), startedAt: at(study.startedAt) },
        ...{ finishedAt: at(study.finishedAt), archivedAt: at(study.archivedAt) },
      },
      cellCount: cells,
      recipes: () => archive.lines('recipes'),
      renders: () => archive.lines('renders'),
      cells: () => archive.lines('cells'),
      marks: () => archive.lines('marks'),
      sheets: () => archive.lines('sheets'),
      events: () => archive.lines('events'),
      blobs: () => archive.lines('blobs'),
    },
    { copy },
  )

  return { ...imported, title: study.file.title }
}

/** That the parts fit together, before anything is stored: keys, order, and every picture that is named. */
async function checkRecords({ manifest, lines, pictures }: Archive): Promise<void> {
  const needed = new Set(namedPictures(manifest.study.file))
  const add = (shas: string[]) => {
    for (const sha of shas) needed.add(sha)
  }

  const recipes = new Map<string, Recipe>()
  for await (const { hash, recipe } of lines('recipes')) {
    recipes.set(hash, recipe)
    add(namedPictures(recipe))
  }

  const keys = new Set<string>()
  let last = ''
  for await (const render of lines('renders')) {
    if (render.key <= last) refuse('does not have its renders in order')
    last = render.key
    const base = recipes.get(render.base) ?? refuse(`lacks the recipe of the render ${render.key}`)
    // Can be told only of renders of the engine that runs here.
    if (
      render.engine === engineVersion &&
      keyOf({ ...base, ...render.patch }, render.packHash) !== (render.original ?? render.key)
    )
      refuse(`has a render under the key ${render.key} that its recipe does not have`)
    if (render.original !== null && takeKey(render.original, render.take) !== render.key)
      refuse(`has a take under the key ${render.key} that is not its own`)
    keys.add(render.key)
    add(picturesOfRender(render))
  }

  let seq = -1
  for await (const cell of lines('cells')) {
    if (cell.seq <= seq) refuse('does not have its cells in order')
    seq = cell.seq
    if (!cell.excluded && !keys.has(cell.key)) refuse(`lacks the render of cell ${cell.seq}`)
  }
  const marked = new Set<string>()
  for await (const { key, partial } of lines('marks')) {
    const picture = partial === 0 ? key : `${key} at step ${partial}`
    if (marked.has(picture)) refuse(`has two marks for the render ${picture}`)
    marked.add(picture)
  }
  // Read to their ends, so that what is wrong there is said now.
  for (const part of ['sheets', 'events', 'blobs'] as const) for await (const _ of lines(part));

  for (const sha of needed) if (!pictures.has(sha)) refuse(`lacks the picture ${sha}`)
  for (const sha of pictures)
    if (!needed.has(sha)) refuse(`holds the picture ${sha}, which nothing in it names`)
}
