import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { gifXmp, mp4Xmp } from '../inside/moving-xmp.ts'
import { xmpPacket } from '../inside/xmp.ts'
import { passingPng } from './draw-png.ts'
import { run } from './ffmpeg.ts'
import type { Printer, PrintJob } from './printer.ts'

/** Animated WebP, GIF and MP4: the sheet once per point of an axis, and round again. */
export const printMoving: Printer = async (job) => {
  const { format, record, credits, sink } = job
  const packet = xmpPacket(record, credits)
  const frames = await drawFrames(job)
  const file = join(sink.folder, `sheet.${format.name}`)
  if (format.name === 'mp4') await film(job, sink.folder, file)
  else await animate(job, { frames, file, packet })

  const isGif = format.name === 'gif'
  // The last byte of a GIF ends it; what is told about it comes before.
  const last = isGif ? 1 : 0
  let held: Buffer = Buffer.alloc(0)
  for await (const piece of createReadStream(file)) {
    const all: Buffer = Buffer.concat([held, piece as Buffer])
    held = all.subarray(all.length - last)
    await sink.write(all.subarray(0, all.length - last))
  }
  if (isGif) await sink.write(gifXmp(packet))
  await sink.write(held)
  if (format.name === 'mp4') await sink.write(mp4Xmp(packet))
}

async function drawFrames(job: PrintJob): Promise<string[]> {
  const { pages, progress } = job
  const files: string[] = []
  const cells = pages.reduce((sum, page) => sum + page.cells.length, 0)
  let before = 0
  for (const [i, layout] of pages.entries()) {
    const drawing = { ...job, progress: (done: number) => progress?.(before + done, cells) }
    files.push(await passingPng(drawing, layout, `frame-${String(i).padStart(5, '0')}.png`))
    before += layout.cells.length
  }

  return files
}

async function animate(
  { sheet, format, quality }: PrintJob,
  { frames, file, packet }: { frames: string[]; file: string; packet: string },
): Promise<void> {
  const delay = frames.map(() => Math.round(sheet.frameSeconds * 1000))
  const moving = sharp(frames, { join: { animated: true }, limitInputPixels: false })
  if (format.name === 'gif') await moving.gif({ delay, loop: 0, effort: 4 }).toFile(file)
  else await moving.withXmp(packet).webp({ quality, delay, loop: 0, effort: 3 }).toFile(file)
}

/** H.264 in the flavour that every player knows, which wants even sides. */
async function film({ sheet, quality, signal }: PrintJob, folder: string, file: string): Promise<void> {
  const exact = ['-fflags', '+bitexact', '-flags:v', '+bitexact', '-map_metadata', '-1']
  await run(
    [
      ...['-hide_banner', '-loglevel', 'error', '-y', '-framerate', String(1 / sheet.frameSeconds)],
      ...['-i', join(folder, 'frame-%05d.png'), '-vf', 'pad=ceil(iw/2)*2:ceil(ih/2)*2', '-r', '25'],
      ...['-c:v', 'libx264', '-pix_fmt', 'yuv420p', '-crf', String(Math.round(40 - quality * 0.25))],
      ...['-threads', '2', '-movflags', '+faststart', ...exact, file],
    ],
    signal,
  )
}
