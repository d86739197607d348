import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import sharp, { type Sharp } from 'sharp'
import { jpegSegments } from '../inside/jpeg-segments.ts'
import { xmpPacket } from '../inside/xmp.ts'
import { passingPng } from './draw-png.ts'
import type { Printer, PrintJob } from './printer.ts'

/** Up to here a JPEG is held whole, 12 bytes a pixel, to be coded some percent smaller. */
const optimisedPixels = 10_000_000

/**
 * JPEG, WebP and AVIF. The page is drawn into a passing PNG on disk, from which the codec reads row by row: JPEG then
 * needs no more memory than its rows, the others what their format needs.
 */
export const printCoded: Printer = async (job) => {
  const { format, pages, record, credits, sink, quality } = job
  const density = pages[0]!.dpi
  const source = await passingPng(job, pages[0]!, 'page.png')
  job.signal?.throwIfAborted()

  const page = sharp(source, { limitInputPixels: false, sequentialRead: true }).removeAlpha()
  const file = join(sink.folder, 'page')
  const packet = xmpPacket(record, credits)
  if (format.name === 'jpg') {
    const dense = density ? page.withMetadata({ density }) : page
    const optimiseCoding = pages[0]!.width * pages[0]!.height <= optimisedPixels
    const chromaSubsampling = quality >= 90 ? '4:4:4' : '4:2:0'
    await dense.jpeg({ quality, chromaSubsampling, optimiseCoding }).toFile(file)
  } else await coded(page.withXmp(packet), job).toFile(file)

  // The first two bytes of a JPEG begin it; what is told about it comes next.
  if (format.name === 'jpg') {
    await sink.write(Buffer.from([0xff, 0xd8]))
    for (const segment of jpegSegments(packet)) await sink.write(segment)
  }
  const rest = createReadStream(file, { start: format.name === 'jpg' ? 2 : 0 })
  for await (const piece of rest) await sink.write(piece as Buffer)
}

const coded = (page: Sharp, { format, quality }: PrintJob): Sharp =>
  format.name === 'avif'
    ? page.avif({ quality: Math.round(quality * 0.72), effort: 3, chromaSubsampling: '4:4:4' })
    : page.webp({ quality, effort: 3, smartSubsample: true })
