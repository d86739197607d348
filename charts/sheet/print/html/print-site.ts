import type { Printer } from '../printer.ts'
import { ZipWriter } from '../zip-writer.ts'
import { pictureExtension } from './picture-type.ts'
import { pageBeside, readPictures } from './print-page.ts'
import { TileMaker } from './tiles.ts'
import { viewerData } from './viewer-data.ts'

/**
 * A study as a folder in a ZIP: the page, every picture as it was rendered, and contact sheets of small ones, so
 * that a hundred thousand can be looked over. Holds the contact sheet in the making, and one picture.
 */
export const printSite: Printer = async ({ sheet, record, sink, ...pictures }) => {
  const zip = new ZipWriter(sink)
  await zip.add('teststrip.json', Buffer.from(record))

  const { images, data } = viewerData(sheet)
  const tiles = new TileMaker(data.cell)
  const missing = new Set<number>()
  const addresses = new Map<string, string>()
  const paths: string[] = []
  const keepTile = async (webp: Uint8Array | null): Promise<void> => {
    if (!webp) return
    paths.push(`tiles/${paths.length}.webp`)
    await zip.add(paths.at(-1)!, webp)
  }

  for await (const { number, sha, bytes } of readPictures(images, pictures)) {
    if (bytes) {
      addresses.set(sha, `pictures/${sha.slice(0, 2)}/${sha}.${pictureExtension(bytes)}`)
      await zip.add(addresses.get(sha)!, bytes)
    } else missing.add(number)
    await keepTile(await tiles.add(bytes))
  }
  await keepTile(await tiles.end())

  const page = await pageBeside(sheet, {
    address: (sha) => addresses.get(sha) ?? '',
    missing,
    tiles: { paths, per: tiles.per },
  })
  await zip.add('index.html', Buffer.from(page))
  await zip.end()
}
