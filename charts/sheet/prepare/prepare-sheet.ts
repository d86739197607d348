import { defaultView, type Plan, promptsAt, type StudyFile, type View } from '#study'
import type { SheetCell } from '../sheet-cell.ts'
import type { CellState, DocumentCell, EmbeddedStudy, SheetBlock, SheetDocument } from '../sheet-document.ts'
import type { SheetOptions } from '../sheet-options.ts'
import { blocksOf } from './blocks-of.ts'
import { captionOf } from './caption-of.ts'
import { cellSize } from './cell-size.ts'
import { fixedConditions } from './fixed-conditions.ts'
import { knownView } from './known-view.ts'
import { qrCode } from './qr-code.ts'

export interface PrepareSheet {
  study: { id: string; title: string; file: StudyFile }
  plan: Plan
  cells: Iterable<SheetCell>
  view?: View
  options: Omit<SheetOptions, 'theme'>
}

/** As people type it: without the protocol. */
const shortLink = (link: string) => link.replace(/^https?:\/\//, '').replace(/\/$/, '')

const states: Record<SheetCell['status'], CellState> = {
  queued: 'queued',
  rendering: 'queued',
  done: 'picture',
  failed: 'failed',
  excluded: 'excluded',
}

/** Decides everything a sheet says and in which order, and what travels inside it. Places and colours come later. */
export function prepareSheet({ study, plan, cells, view, options }: PrepareSheet): {
  document: SheetDocument
  embedded: EmbeddedStudy
  /** What was asked for and could not be shown, in sentences. */
  notices: string[]
} {
  const { view: shown, notices } = knownView(plan, view ?? study.file.view ?? defaultView(plan))
  const bySeq = new Map<number, SheetCell>()
  for (const cell of cells) bySeq.set(cell.seq, cell)
  const cellAt = (seq: number) => {
    const cell = bySeq.get(seq)

    return { ...documentCell(seq, cell), caption: captionOf(plan, seq, cell, options) }
  }
  const blocks = blocksOf(plan, shown, { cellAt, strips: options.strips ?? true })
  const held = [...bySeq.values()].filter((cell) => cell.status !== 'excluded').sort((a, b) => a.seq - b.seq)

  const document: SheetDocument = {
    title: options.title || study.title,
    subtitle: options.subtitle ? [options.subtitle] : subtitleOf(study.file, plan, options.author),
    pictures: cellSize(plan, options),
    blocks,
    legend: legendOf(blocks),
    conditions: {
      heading: 'Everything else, where it differs from Disco Diffusion’s defaults',
      entries: fixedConditions(plan, shown, plan.base),
    },
    footer: {
      lines: [
        [
          `Teststrip study ${shortId(study.id)}`,
          counted(renders(blocks, bySeq), 'render'),
          options.date,
          options.licence,
        ]
          .filter((part) => part)
          .join(' · '),
        ...(options.link ? [shortLink(options.link)] : []),
        'Drop this file on Teststrip to reopen the study.',
      ],
      qr: qrCode(options.link ?? `teststrip:${study.id}`),
    },
  }

  return {
    document,
    embedded: {
      teststrip: 1,
      study: { id: study.id, title: study.title },
      file: study.file,
      view: shown,
      pack: { name: plan.pack.name, hash: plan.pack.hash },
      renderKeys: held.map((cell) => cell.renderKey),
      pictures: held.map((cell) => cell.image),
    },
    notices,
  }
}

function documentCell(seq: number, cell: SheetCell | undefined): DocumentCell {
  if (!cell) return { seq, state: 'queued', image: null, error: null }
  const state = states[cell.status]

  return {
    seq,
    state: state === 'picture' && !cell.image ? 'queued' : state,
    image: cell.image,
    error: cell.error ?? null,
  }
}

/** Who, with what, and the prompt unless it is what the study varies. */
function subtitleOf(file: StudyFile, plan: Plan, author?: string): string[] {
  const onAxes = new Set<string>(plan.axes.flatMap((axis) => axis.parameters))
  const notes = (file.notes ?? '').split(/\n+/).filter((line) => line.trim() !== '')
  const prompts = promptsAt(plan.base.text_prompts, 0)
  const prompt = !onAxes.has('text_prompts') && prompts.length === 1 ? prompts[0]!.trim() : ''
  const facts = [
    ...(onAxes.has('seed') ? [] : [`Seed ${plan.base.seed}`]),
    plan.pack.title,
    ...(author ? [`by ${author}`] : []),
  ].join(', ')
  const lead = notes.length > 0 || prompt === '' ? '' : `${sentence(prompt)} `

  return [...notes, `${lead}${facts}.`]
}

function sentence(text: string): string {
  const first = text.charAt(0).toUpperCase() + text.slice(1)

  return /[.!?…]$/.test(first) ? first : `${first}.`
}

/** The first two groups of a time-ordered UUID, its millisecond, name a study; other names stay whole. */
const shortId = (id: string) => /^[0-9a-f]{8}-[0-9a-f]{4}(?=-)/.exec(id)?.[0] ?? id
const counted = (count: number, word: string) => `${count} ${word}${count === 1 ? '' : 's'}`

/** Several pictures may be of one: of its run, or of recipes that come to the same. */
function renders(blocks: readonly SheetBlock[], bySeq: ReadonlyMap<number, SheetCell>): number {
  const keys = new Set<string>()
  for (const block of blocks)
    for (const row of block.cells)
      for (const { seq, state } of row) if (state === 'picture') keys.add(bySeq.get(seq)!.renderKey)

  return keys.size
}

function count(blocks: readonly SheetBlock[], state: CellState): number {
  let sum = 0
  for (const block of blocks)
    for (const row of block.cells) for (const cell of row) if (cell.state === state) sum++

  return sum
}

function legendOf(blocks: readonly SheetBlock[]): SheetDocument['legend'] {
  const failed = count(blocks, 'failed')
  const excluded = count(blocks, 'excluded')
  const queued = count(blocks, 'queued')
  const reasons = new Set(
    blocks.flatMap((block) =>
      block.cells.flatMap((row) =>
        row.flatMap((cell) => (cell.state === 'failed' && cell.error ? [cell.error] : [])),
      ),
    ),
  )
  const [reason] = reasons

  return [
    ...(queued > 0
      ? [{ state: 'queued' as const, text: `${counted(queued, 'cell')} not rendered yet` }]
      : []),
    ...(failed > 0
      ? [
          {
            state: 'failed' as const,
            text: `${counted(failed, 'cell')} failed${reason ? `: ${reason}` : ''}${reasons.size > 1 ? ` (and ${counted(reasons.size - 1, 'other reason')})` : ''}`,
          },
        ]
      : []),
    ...(excluded > 0
      ? [
          {
            state: 'excluded' as const,
            text: `${counted(excluded, 'cell')} left out by a skip rule or by hand`,
          },
        ]
      : []),
  ]
}
