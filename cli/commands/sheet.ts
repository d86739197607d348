import { resolve } from 'node:path'
import { Command, Option } from 'commander'
import { z } from 'zod'
import {
  captionKinds,
  composeSheet,
  type FormatName,
  formatOfFile,
  type SheetCell,
  type SheetOptions,
  sheetFeasibility,
  sheetFormats,
  sheetOptionsSchema,
  sizeNames,
  themeNames,
} from '#charts'
import { hasFfmpeg, measureByFont, type PrintedSheet, printSheet } from '#charts/print'
import { makePlan, type PackInfo, studyFileSchema, TeststripError, type View } from '#study'
import { ask, askJson, baseUrl } from '../api.ts'
import { print, printJson, progressLine, say, wrongUse } from '../output.ts'
import { readStudy, studyId } from '../studies.ts'

interface Options extends Omit<SheetOptions, 'link' | 'date' | 'captions'> {
  out: string
  format?: FormatName
  view?: View
  captions?: string
  quality?: number
  page?: number
  json?: boolean
}

const cellSchema = z.object({
  seq: z.number(),
  renderKey: z.string(),
  status: z.enum(['queued', 'rendering', 'done', 'failed', 'excluded']),
  image: z.string().nullable(),
  error: z.string().nullable(),
  rating: z.number().nullish(),
  mark: z.string().nullish(),
  note: z.string().nullish(),
})

const endings = sheetFormats.map(({ extensions }) => extensions[0]).join(', ')

export const sheetCommand = () =>
  new Command('sheet')
    .description('Print the sheet of a study, with the study inside the file')
    .argument('<study>', 'id of a study')
    .requiredOption('--out <file>', `where the sheet goes; its ending decides the format: ${endings}`)
    .option('--view <json>', 'which axes stand where, such as {"columns":[1],"rows":[0]}', readView)
    .addOption(new Option('--theme <name>', 'paper').choices([...themeNames]).default('light'))
    .addOption(new Option('--size <name>', 'of the page').choices(sizeNames).default('native'))
    .addOption(new Option('--orientation <name>', 'of paper').choices(['portrait', 'landscape']))
    .option(
      '--cell <pixels>',
      'width of a cell, where the page is as large as its pictures',
      wholeFrom(8, 8192),
    )
    .addOption(
      new Option('--enlarge <how>', 'small pictures: whole pixels, smooth, or never').choices([
        'whole',
        'smooth',
        'never',
      ]),
    )
    .addOption(new Option('--pages <how>', 'what is too much for one page').choices(['together', 'apart']))
    .option('--page <number>', 'only this page, from 1', wholeFrom(1, 100_000))
    .option('--captions <list>', `under every picture: ${captionKinds.join(', ')}`)
    .option('--no-marks', 'leave out stars and rejections')
    .option('--no-strips', 'leave out the curves of schedules')
    .option('--crop-marks', '3 mm of bleed and marks where to cut, on paper sizes')
    .option('--along <axis>', 'axis that a moving picture goes along, from 1', wholeFrom(1, 100))
    .option('--frame-seconds <seconds>', 'how long each of its frames is shown', Number)
    .option('--quality <percent>', 'of formats that lose detail', wholeFrom(1, 100))
    .option('--title <text>', "instead of the study's own")
    .option('--author <name>', 'named under the title')
    .option('--licence <text>', 'named in the footer')
    .option('--json', 'answer in JSON')
    .action(sheet)

async function sheet(study: string, { out, view, quality, page, json, ...rest }: Options): Promise<void> {
  const format = formatOfFile(out)
  if (!format) throw wrongUse(`--out must end in one of ${endings}, but is ${out}.`)

  const { id, title, file } = await readStudy(await studyId(study))
  const pack = await packOf(file.pack)
  const { plan, problems } = makePlan(view ? { ...file, view } : file, pack)
  if (!plan)
    throw new TeststripError('invalid_input', problems.map((problem) => problem.message).join(' '), {
      problems,
    })

  const progress = progressLine()
  try {
    const composed = composeSheet({
      study: { id, title, file },
      plan,
      cells: await allCells(id),
      view,
      options: optionsOf(rest, `${baseUrl()}/studies/${id}`),
      measure: measureByFont,
    })
    for (const notice of composed.notices) say(notice)
    const { width, height, bytes, files } = sheetFeasibility(composed, format.name, {
      ffmpeg: format.name !== 'mp4' || (await hasFfmpeg()),
    })
    say(
      `${files === 1 ? '' : `${files} pages of up to `}${width} × ${height} pixels, about ${megabytes(bytes)}`,
    )
    const printed = await printSheet({
      sheet: composed,
      format: format.name,
      out: resolve(out),
      quality,
      page: page === undefined ? undefined : page - 1,
      picture: async (sha) => new Uint8Array(await (await ask(`/blobs/${sha}`)).arrayBuffer()),
      progress: (done, of) => progress.show(`${done} of ${of} pictures`),
    })
    progress.end()
    tell(printed, json)
  } finally {
    progress.end()
  }
}

function tell({ files, bytes, missing }: PrintedSheet, json?: boolean): void {
  if (json) {
    printJson({ file: files[0]!.path, ...files[0], files, bytes, missing })
    return
  }

  for (const { path, width, height } of files) print(`${path}: ${width} × ${height} pixels`)
  if (missing > 0) say(`${missing} pictures could not be had and are drawn as missing.`)
}

const megabytes = (bytes: number) => `${Math.max(0.1, bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0)} MB`

/** As typed, checked like options from anywhere else. */
function optionsOf({ captions, along, ...options }: Omit<Options, 'out'>, link: string): SheetOptions {
  const checked = sheetOptionsSchema.safeParse({
    ...options,
    ...(along !== undefined && { along: along - 1 }),
    ...(captions !== undefined && { captions: captions.split(/[,\s]+/).filter((kind) => kind !== '') }),
    date: new Date().toISOString().slice(0, 10),
    link,
  })
  if (checked.success) return checked.data

  const [issue] = checked.error.issues
  throw wrongUse(
    `--${String(issue!.path[0]).replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}: ${issue!.message}.`,
  )
}

async function packOf(name: string): Promise<PackInfo> {
  const packs = z.object({
    packs: z.array(z.custom<PackInfo>((pack) => typeof (pack as PackInfo)?.name === 'string')),
  })
  const pack = (await askJson(packs, '/api/packs')).packs.find((each) => each.name === name)
  if (!pack)
    throw new TeststripError(
      'not_found',
      `No worker knows the pack "${name}" of this study; start one that holds it.`,
    )

  return pack
}

async function allCells(id: string): Promise<SheetCell[]> {
  const page = z.object({ version: z.string(), more: z.boolean(), cells: z.array(cellSchema) })
  const bySeq = new Map<number, SheetCell>()
  for (let after = '0', more = true; more; ) {
    const answer = await askJson(page, `/api/studies/${id}/cells?after=${after}`)
    for (const cell of answer.cells) bySeq.set(cell.seq, cell)
    after = answer.version
    more = answer.more
  }

  return [...bySeq.values()]
}

/** Checked as the view of a study file, which it is. */
function readView(text: string): View {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw wrongUse(`--view must be JSON such as {"columns":[1],"rows":[0]}, but is ${text}.`)
  }
  const parsed = studyFileSchema.shape.view.unwrap().safeParse(value)
  if (!parsed.success)
    throw wrongUse(`--view needs "columns" and "rows" as lists of axes counted from 0, but is ${text}.`)

  return parsed.data
}

function wholeFrom(least: number, most: number) {
  return (text: string): number => {
    const number = Number(text)
    if (!Number.isInteger(number) || number < least || number > most)
      throw wrongUse(`A whole number from ${least} to ${most} is wanted here, but it is ${text}.`)

    return number
  }
}
