import type { Printer } from '../printer.ts'
import { type ZipNote, ZipWriter } from '../zip-writer.ts'
import { pictureExtension } from './picture-type.ts'
import { pageBeside, readPictures } from './print-page.ts'
import { TileMaker } from './tiles.ts'
import { viewerData } from './viewer-data.ts'

/** The first so many pictures are in the file, and so many contact sheets; since the note before, these are where. */
interface Note {
  done: number
  tiles: number
  zip: ZipNote
  /** By SHA-256; empty for those that could not be had. */
  addresses: [sha: string, address: string][]
}

/**
 * A study as a folder in a ZIP: the page, every picture as it was rendered, and contact sheets of small ones, so
 * that a hundred thousand can be looked over. Holds the contact sheet in the making, and one picture.
 */
export const printSite: Printer = async ({ sheet, record, sink, ...pictures }) => {
  const { images, data } = viewerData(sheet)
  const notes = sink.notes as Note[]
  const zip = new ZipWriter(
    sink,
    notes.map((note) => note.zip),
  )
  if (notes.length === 0) await zip.add('teststrip.json', Buffer.from(record))

  const tiles = new TileMaker(data.cell)
  const addresses = new Map(notes.flatMap((note) => note.addresses))
  const { done = 0, tiles: count = 0 } = notes.at(-1) ?? {}
  const paths = Array.from({ length: count }, (_, n) => tilePath(n))
  for (const [sha, address] of addresses) if (!address) pictures.missing(sha)
  let fresh: Note['addresses'] = []
  const keepTile = async (webp: Uint8Array): Promise<void> => {
    paths.push(tilePath(paths.length))
    await zip.add(paths.at(-1)!, webp)
  }

  for await (const { number, sha, bytes } of readPictures(images, pictures, done)) {
    const address = bytes ? `pictures/${sha.slice(0, 2)}/${sha}.${pictureExtension(bytes)}` : ''
    addresses.set(sha, address)
    fresh.push([sha, address])
    const [full] = await Promise.all([tiles.add(bytes), bytes && zip.add(address, bytes)])
    if (!full) continue
    await keepTile(full)
    sink.mark({ done: number + 1, tiles: paths.length, zip: zip.note(), addresses: fresh } satisfies Note)
    fresh = []
  }
  const last = await tiles.end()
  if (last) await keepTile(last)

  const page = await pageBeside(sheet, {
    address: (sha) => addresses.get(sha)!,
    missing: new Set([...images.keys()].filter((number) => !addresses.get(images[number]!))),
    tiles: { paths, per: tiles.per },
  })
  await zip.add('index.html', Buffer.from(page))
  await zip.end()
}

const tilePath = (number: number) => `tiles/${number}.webp`
