import { extname, resolve } from 'node:path'
import { Command, Option } from 'commander'
import { z } from 'zod'
import type { SheetCell } from '#charts'
import { sheetOfStudy } from '#charts/print'
import { makePlan, type PackInfo, studyFileSchema, TeststripError, type View } from '#study'
import { ask, askJson, baseUrl } from '../api.ts'
import { print, printJson, progressLine, writeWhole, wrongUse } from '../output.ts'
import { readStudy, studyId } from '../studies.ts'

interface Options {
  out: string
  theme: 'light' | 'dark'
  view?: View
  cell?: number
  author?: string
  licence?: string
  json?: boolean
}

const cellSchema = z.object({
  seq: z.number(),
  renderKey: z.string(),
  status: z.enum(['queued', 'rendering', 'done', 'failed', 'excluded']),
  image: z.string().nullable(),
  error: z.string().nullable(),
})

export const sheetCommand = () =>
  new Command('sheet')
    .description('Print the sheet of a study, with the study inside the picture')
    .argument('<study>', 'id of a study')
    .requiredOption('--out <file.png>', 'where the sheet goes')
    .addOption(new Option('--theme <name>', 'paper').choices(['light', 'dark']).default('light'))
    .option('--view <json>', 'which axes stand where, such as {"columns":[1],"rows":[0]}', readView)
    .option('--cell <pixels>', 'width of a cell', readCell)
    .option('--author <name>', 'named under the title')
    .option('--licence <text>', 'named in the footer')
    .option('--json', 'answer in JSON')
    .action(sheet)

async function sheet(study: string, { out, view, json, ...options }: Options): Promise<void> {
  if (extname(out).toLowerCase() !== '.png') throw wrongUse(`--out must end in .png, but is ${out}.`)
  const { id, title, file } = await readStudy(await studyId(study))
  const pack = await packOf(file.pack)
  const { plan, problems } = makePlan(view ? { ...file, view } : file, pack)
  if (!plan)
    throw new TeststripError('invalid_input', problems.map((problem) => problem.message).join(' '), {
      problems,
    })

  const progress = progressLine()
  try {
    const cells = await allCells(id)
    let drawn = 0
    const { png, width, height } = await sheetOfStudy({
      study: { id, title, file },
      plan,
      cells,
      view,
      options: {
        ...options,
        date: new Date().toISOString().slice(0, 10),
        link: `${baseUrl()}/studies/${id}`,
      },
      picture: async (sha) => {
        progress.show(`${++drawn} of ${plan.size} pictures`)
        return new Uint8Array(await (await ask(`/blobs/${sha}`)).arrayBuffer())
      },
    })
    await writeWhole(out, png)
    progress.end()
    if (json) printJson({ file: resolve(out), width, height, bytes: png.length })
    else print(`${out}: ${width} × ${height} pixels`)
  } finally {
    progress.end()
  }
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

function readCell(text: string): number {
  const pixels = Number(text)
  if (!Number.isInteger(pixels) || pixels < 8 || pixels > 4096)
    throw wrongUse(`--cell must be a whole number of pixels from 8 to 4096, but is ${text}.`)

  return pixels
}
