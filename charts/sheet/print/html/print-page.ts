import type { ComposedSheet } from '../../compose-sheet.ts'
import { writeRecord } from '../../inside/record.ts'
import { xmpPacket } from '../../inside/xmp.ts'
import type { PrintJob } from '../printer.ts'
import { bundleViewer } from './bundle-viewer.ts'
import { fontsInside } from './fonts-inside.ts'
import { pageEnd, pageStart, pictureInside } from './page.ts'
import { pictureType } from './picture-type.ts'
import type { ViewerData } from './viewer/data.ts'
import { viewerData, withoutPictures } from './viewer-data.ts'

export type PagePictures = Pick<PrintJob, 'picture' | 'signal' | 'progress' | 'missing'>

/**
 * A study as one page that needs nothing else: its pictures, fonts, script and the study itself are inside, and it
 * works from a file. Holds one picture at a time.
 */
export async function* printPage(sheet: ComposedSheet, pictures: PagePictures): AsyncGenerator<string> {
  const { data, images } = viewerData(sheet)
  const gone = new Set<number>()
  yield await startOfPage(data)

  for await (const { number, bytes } of readPictures(images, pictures)) {
    if (bytes) yield pictureInside(number, pictureType(bytes), bytes)
    else gone.add(number)
  }

  yield await endOfPage(sheet, withoutPictures(data, gone))
}

/** Every picture in turn, null for those that cannot be had. */
export async function* readPictures(
  images: readonly string[],
  { picture, signal, progress, missing }: PagePictures,
): AsyncGenerator<{ number: number; sha: string; bytes: Uint8Array | null }> {
  for (const [number, sha] of images.entries()) {
    signal?.throwIfAborted()
    const bytes = await picture(sha).catch(() => null)
    if (!bytes) missing(sha)
    yield { number, sha, bytes }
    progress?.(number + 1, images.length)
  }
}

/** The same page with its pictures beside it, by address. */
export async function pageBeside(
  sheet: ComposedSheet,
  beside: {
    address: (sha: string) => string
    missing?: ReadonlySet<number>
    tiles?: ViewerData['tiles']
    /** Goes into the head as it is. */
    head?: string
    home?: string
  },
): Promise<string> {
  const { data, images } = viewerData(sheet)
  const here: ViewerData = {
    ...withoutPictures(data, beside.missing ?? new Set()),
    paths: images.map(beside.address),
    tiles: beside.tiles,
  }

  return (await startOfPage(data, beside)) + (await endOfPage(sheet, here))
}

async function startOfPage(
  data: ViewerData,
  { head = '', home }: { head?: string; home?: string } = {},
): Promise<string> {
  const { css } = await bundleViewer()

  return pageStart({ data, css: `${await fontsInside()}${css}`, head, home })
}

async function endOfPage(sheet: ComposedSheet, data: ViewerData): Promise<string> {
  const { script } = await bundleViewer()
  const { embedded, credits } = sheet

  return pageEnd({ packet: xmpPacket(writeRecord(embedded), credits), data, script })
}
