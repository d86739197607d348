import { createWriteStream } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { Readable, Writable } from 'node:stream'
import { configure, TextReader, Uint8ArrayReader, ZipWriter } from '@zip.js/zip.js'
import type { BlobStore } from '#blobs'
import { type BlobRecord, blobRecords, type Ledger, readStudyRecords } from '#prisma'
import { engineVersion, type Recipe, studyFileToYaml, TeststripError } from '#study'
import { ahead } from './ahead.ts'
import { type Manifest, namedPictures, type Part, pictureEntry, picturesOfRender } from './format.ts'
import { keyOf } from './key-of.ts'

configure({ useWebWorkers: false })

export interface Exported {
  title: string
  cells: number
  /** Cells that are not finished and so are not in it. */
  missing: number
  pictures: number
}

/** Writes a study with its pictures, marks and notes to one file, under its name only when it is complete. */
export async function writeArchive(options: {
  ledger: Ledger
  blobs: BlobStore
  id: string
  out: string
  onPicture?: (count: number, of: number) => void
}): Promise<Exported> {
  const partial = `${options.out}.${process.pid}.part`
  try {
    const exported = await writeZip(options, partial)
    await rename(partial, options.out)

    return exported
  } catch (error) {
    await rm(partial, { force: true })
    throw error
  }
}

async function writeZip(
  { ledger, blobs, id, onPicture }: Parameters<typeof writeArchive>[0],
  path: string,
): Promise<Exported> {
  const zip = new ZipWriter<void>(
    Writable.toWeb(createWriteStream(path, { flags: 'wx' })) as WritableStream,
    {
      keepOrder: true,
    },
  )
  const pictures = new Set<string>()
  const count = { cells: 0, all: 0 }

  const title = await readStudyRecords(ledger, id, async (records) => {
    const { study } = records
    const { file, status, priority, demo } = study
    const at = (date: Date | null) => date?.toISOString() ?? null
    const manifest: Manifest = {
      teststripArchive: 1,
      study: {
        ...{ id, file, status, priority, demo, createdAt: study.createdAt.toISOString() },
        ...{
          startedAt: at(study.startedAt),
          finishedAt: at(study.finishedAt),
          archivedAt: at(study.archivedAt),
        },
      },
      cells: records.cellCount,
    }
    await zip.add('manifest.json', new TextReader(JSON.stringify(manifest, null, 2)))
    await zip.add('study.yaml', new TextReader(studyFileToYaml(file)))
    for (const sha of namedPictures(file)) pictures.add(sha)
    count.all = records.cellCount

    const recipes = new Map<string, Recipe>()
    await addLines(zip, 'recipes', records.recipes(), (line) => {
      recipes.set(line.hash, line.recipe)
      addAll(namedPictures(line.recipe))

      return line
    })
    await addLines(zip, 'renders', records.renders(), (render) => {
      addAll(picturesOfRender(render))
      const recipe = { ...recipes.get(render.base)!, ...render.patch }

      return {
        ...render,
        engine: keyOf(recipe, render.packHash) === (render.original ?? render.key) ? engineVersion : null,
      }
    })
    await addLines(zip, 'cells', records.cells(), (cell) => {
      count.cells++

      return cell
    })
    await addLines(zip, 'marks', records.marks())
    await addLines(zip, 'sheets', records.sheets())
    await addLines(zip, 'events', records.events())

    return study.title
  })
  const known = await typesOf(ledger, pictures)
  await addLines(
    zip,
    'blobs',
    [...known.values()].filter(({ mediaType }) => mediaType.startsWith('image/')),
  )

  let done = 0
  const load = async (sha: string) => ({ sha, bytes: await blobs.get(sha) })
  for await (const { sha, bytes } of ahead(pictures, 8, load)) {
    if (!bytes)
      throw new TeststripError(
        'not_found',
        `The picture ${sha} of this study is missing from the blob store, so the study cannot be exported whole.`,
      )
    await zip.add(pictureEntry(sha, known.get(sha)?.mediaType), new Uint8ArrayReader(bytes), { level: 0 })
    onPicture?.(++done, pictures.size)
  }
  await zip.close()

  return { title, cells: count.cells, missing: count.all - count.cells, pictures: pictures.size }

  function addAll(shas: string[]): void {
    for (const sha of shas) pictures.add(sha)
  }
}

/** What is recorded of each; of thumbnails, which are WebP, nothing is. */
async function typesOf(ledger: Ledger, pictures: Iterable<string>): Promise<Map<string, BlobRecord>> {
  const shas = [...pictures]
  const known = new Map<string, BlobRecord>()
  for (let from = 0; from < shas.length; from += 5000)
    for (const record of await blobRecords(ledger, shas.slice(from, from + 5000)))
      known.set(record.sha, record)

  return known
}

async function addLines<T>(
  zip: ZipWriter<void>,
  part: Part,
  lines: AsyncIterable<T> | Iterable<T>,
  lineOf: (line: T) => unknown = (line) => line,
): Promise<void> {
  async function* text() {
    for await (const line of lines) yield Buffer.from(`${JSON.stringify(lineOf(line))}\n`)
  }
  await zip.add(`${part}.ndjson`, Readable.toWeb(Readable.from(text())) as ReadableStream<Uint8Array>)
}
