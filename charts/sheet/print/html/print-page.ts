import type { ComposedSheet } from '../../compose-sheet.ts'
import { writeRecord } from '../../inside/record.ts'
import { xmpPacket } from '../../inside/xmp.ts'
import { inOrder } from '../in-order.ts'
import type { PrintJob } from '../printer.ts'
import { bundleViewer } from './bundle-viewer.ts'
import { fontsInside } from './fonts-inside.ts'
import { pageEnd, pageStart } from './page.ts'
import type { ViewerData } from './viewer/data.ts'
import { viewerData, withoutPictures } from './viewer-data.ts'

export type PagePictures = Pick<PrintJob, 'picture' | 'signal' | 'progress' | 'missing'>

/** Pictures read ahead of the one that is written. */
const ahead = 8

/** Every picture in turn from one on, null for those that cannot be had. */
export async function* readPictures(
  images: readonly string[],
  { picture, signal, progress, missing }: PagePictures,
  from = 0,
): AsyncGenerator<{ number: number; sha: string; bytes: Uint8Array | null }> {
  const read = async (sha: string) => ({ sha, bytes: await picture(sha).catch(() => null) })
  let number = from
  for await (const { sha, bytes } of inOrder(images.slice(from), ahead, read)) {
    signal?.throwIfAborted()
    if (!bytes) missing(sha)
    yield { number, sha, bytes }
    number++
    progress?.(number, images.length)
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

/** Up to where pictures may stand inside. */
export async function startOfPage(
  data: ViewerData,
  { head = '', home }: { head?: string; home?: string } = {},
): Promise<string> {
  const { css } = await bundleViewer()

  return pageStart({ data, css: `${await fontsInside()}${css}`, head, home })
}

/** From there on. */
export async function endOfPage(sheet: ComposedSheet, data: ViewerData): Promise<string> {
  const { script } = await bundleViewer()
  const { embedded, credits } = sheet

  return pageEnd({ packet: xmpPacket(writeRecord(embedded), credits), data, script })
}
