import { readFile, rm } from 'node:fs/promises'
import { composeSheet, type FormatName, type SheetOptions } from '#charts'
import { measureByFont, printSheet } from '#charts/print'
import { makePlan, noCosts, type PackInfo, type StudyFile } from '#study'
import { pictureFile } from './make-pictures.ts'

/** One measurement, in a process of its own so that its memory is its own. */
export interface Job {
  axes: string[]
  format: FormatName
  options: SheetOptions
  folder: string
  out: string
  width: number
  height: number
}

const job = JSON.parse(process.argv[2]!) as Job
const size: [number, number] = [job.width, job.height]
const pack: PackInfo = {
  ...{ name: 'bench', title: 'Bench pack', hash: 'ab'.repeat(32), nativeSize: size, defaults: {}, usual: {} },
  ...{ clip: [{ name: 'ViTB32', resolution: 224, contextLength: 77, merges: 48_894, embed: 512 }] },
  ...{ secondary: true, lpips: false, parameterCount: 0, costs: noCosts },
}
const file: StudyFile = {
  ...{ teststrip: 1, title: 'A large study', pack: 'bench', recipe: { width_height: size }, axes: job.axes },
}
const { plan, problems } = makePlan(file, pack)
if (!plan) throw new Error(problems.map(({ message }) => message).join(' '))

const cells = Array.from({ length: plan.size }, (_, seq) => ({
  seq,
  renderKey: seq.toString(16).padStart(64, '0'),
  status: 'done' as const,
  image: seq.toString(16).padStart(64, 'a'),
}))
const started = performance.now()
const sheet = composeSheet({
  study: { id: '0192f3c1-7a00-7000-8000-0123456789ab', title: file.title, file },
  plan,
  cells,
  options: job.options,
  measure: measureByFont,
})
const printed = await printSheet({
  sheet,
  format: job.format,
  out: job.out,
  picture: (sha) => readFile(pictureFile(job.folder, Number.parseInt(sha.replace(/^a+/, '') || '0', 16))),
})
const seconds = (performance.now() - started) / 1000
const { width, height } = printed.files[0]!
console.log(
  JSON.stringify({
    ...{ seconds, width, height, bytes: printed.bytes, cells: plan.size, missing: printed.missing },
    peak: process.resourceUsage().maxRSS * 1024,
  }),
)
await rm(job.out, { force: true })
