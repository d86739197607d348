import type { Printer } from '../printer.ts'
import { pictureInside } from './page.ts'
import { pictureType } from './picture-type.ts'
import { endOfPage, readPictures, startOfPage } from './print-page.ts'
import { viewerData, withoutPictures } from './viewer-data.ts'

/** The first so many pictures are in the file; this one could not be had. */
interface Note {
  done: number
  missing?: string
}

/**
 * A study as one page that needs nothing else: its pictures, fonts, script and the study itself are inside, and it
 * works from a file. Holds one picture at a time.
 */
export const printHtml: Printer = async ({ sink, sheet, ...pictures }) => {
  const { data, images } = viewerData(sheet)
  const notes = sink.notes as Note[]
  const gone = new Set<number>()
  for (const { done, missing } of notes) {
    if (!missing) continue
    gone.add(done - 1)
    pictures.missing(missing)
  }
  if (notes.length === 0) await sink.write(await startOfPage(data))

  for await (const { number, sha, bytes } of readPictures(images, pictures, notes.at(-1)?.done)) {
    if (bytes) await sink.write(pictureInside(number, pictureType(bytes), bytes))
    else gone.add(number)
    sink.mark({ done: number + 1, ...(!bytes && { missing: sha }) } satisfies Note)
  }

  await sink.write(await endOfPage(sheet, withoutPictures(data, gone)))
}
