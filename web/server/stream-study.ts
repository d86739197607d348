import { type CellRow, changedSince, latestPreview, listCells, type Study } from '#prisma'
import type { Progress, WireFrame, WirePreview } from '../wire/study.ts'
import { ledger } from './ledger.ts'
import { onNews } from './news.ts'
import { readProgress, readStudy } from './read-study.ts'
import { asTeststripError } from './respond.ts'
import { toWireCell } from './to-wire.ts'

const shortestGapMs = 250
/** Steps and previews move without a version, so a study in work is also read by the clock. */
const tickMs = 700
/** Readers take a line for dead after 25 s of silence. */
const beatMs = 10_000
/** Counting 100,000 cells takes the database tens of milliseconds, so it is not done with every frame. */
const progressMs = 1_000
/** Cells told in one frame: unpacked by a browser without a pause one could feel. */
const mostInFrame = 1_000
/** A reader further behind than this fetches packed cells instead of hearing of each. */
const mostToTell = 5_000
const afterTroubleMs = 2_000

/** Server-sent event frames of one study from version `after` on, until the signal aborts. */
export async function* streamStudy(options: {
  id: string
  after: string
  signal: AbortSignal
}): AsyncGenerator<string> {
  const { id, signal } = options
  const alarm = new Alarm()
  const silence = onNews(id, () => alarm.ring())
  const onAbort = () => alarm.ring()
  signal.addEventListener('abort', onAbort)
  const teller = new Teller(id, options.after)
  let quietSince = Date.now()

  try {
    yield 'event: beat\ndata: here\n\n'
    while (!signal.aborted) {
      const { text, busy } = await teller.next().catch(trouble)
      if (text !== '') {
        yield text
        quietSince = Date.now()
      } else if (Date.now() - quietSince > beatMs) {
        yield 'event: beat\ndata: still here\n\n'
        quietSince = Date.now()
      }
      await alarm.wait({ atLeast: shortestGapMs, atMost: busy ? tickMs : beatMs })
    }
  } finally {
    silence()
    signal.removeEventListener('abort', onAbort)
  }
}

type Told = { text: string; busy: boolean }

async function trouble(error: unknown): Promise<Told> {
  const { code, message } = asTeststripError(error)
  await new Promise((resolve) => setTimeout(resolve, afterTroubleMs))

  return { text: `event: trouble\ndata: ${JSON.stringify({ code, message })}\n\n`, busy: true }
}

/** Remembers what one reader has been told, and finds what is new to them. */
class Teller {
  readonly #id: string
  #version: string
  #progress: Progress | null = null
  #progressAt = 0
  #told = ''
  #began = false
  /** The step last told of each cell and each render in work; both move without a version. */
  #cellSteps = new Map<number, number | null>()
  #previewSteps = new Map<string, string>()

  constructor(id: string, after: string) {
    this.#id = id
    this.#version = after
  }

  async next(): Promise<Told> {
    const study = await readStudy(this.#id)
    if (!this.#began) {
      this.#began = true
      const behind = await changedSince(ledger(), study.id, { version: this.#version, most: mostToTell })
      if (behind >= mostToTell) {
        this.#version = study.version
        return { text: 'event: behind\ndata: fetch the packed cells\n\n', busy: true }
      }
    }
    const { version, more, cells } = await listCells(ledger(), this.#id, {
      afterVersion: this.#version,
      limit: mostInFrame,
    })
    const progress = await this.#latestProgress(study)
    const rendering = cells.filter((cell) => cell.status === 'rendering')
    const news = cells.filter(
      (cell) => cell.status !== 'rendering' || this.#cellSteps.get(cell.seq) !== cell.step,
    )
    this.#cellSteps = new Map(rendering.map((cell) => [cell.seq, cell.step]))
    const previews = await this.#previews(rendering)
    // After news the counts may be a moment old; look again soon.
    const busy = more || news.length > 0 || study.status === 'running' || rendering.length > 0

    const words = JSON.stringify(progress)
    if (news.length === 0 && previews.length === 0 && words === this.#told) return { text: '', busy }
    this.#told = words
    this.#version = version
    const frame: WireFrame = {
      version,
      edition: study.edition,
      progress,
      cells: news.map(toWireCell),
      previews,
    }

    return { text: `id: ${version}\nevent: frame\ndata: ${JSON.stringify(frame)}\n\n`, busy }
  }

  /** Counted anew when it may have changed and was not just counted; at once when the study's status changes. */
  async #latestProgress(study: Study): Promise<Progress> {
    const fresh = this.#progress?.status === study.status && Date.now() - this.#progressAt < progressMs
    if (this.#progress && fresh) return this.#progress
    this.#progress = await readProgress(study)
    this.#progressAt = Date.now()

    return this.#progress
  }

  async #previews(rendering: readonly CellRow[]): Promise<WirePreview[]> {
    const seqsOf = new Map<string, number[]>()
    for (const { renderKey, seq } of rendering) seqsOf.set(renderKey, [...(seqsOf.get(renderKey) ?? []), seq])
    const told = this.#previewSteps
    this.#previewSteps = new Map()
    const found = await Promise.all(
      [...seqsOf].map(async ([renderKey, seqs]): Promise<WirePreview[]> => {
        const preview = await latestPreview(ledger(), renderKey)
        if (!preview) return []
        // The picture of a step may come after its number.
        const state = `${preview.step} ${preview.webp?.byteLength ?? 0}`
        this.#previewSteps.set(renderKey, state)
        if (told.get(renderKey) === state) return []
        const webp = preview.webp && Buffer.from(preview.webp).toString('base64')
        return [{ seqs, step: preview.step, of: preview.of, webp }]
      }),
    )

    return found.flat()
  }
}

/** Waits for a ring, but neither shorter nor longer than asked; a ring in between is not lost. */
class Alarm {
  #rung = false
  #resolve: (() => void) | null = null

  ring(): void {
    this.#rung = true
    this.#resolve?.()
  }

  async wait(options: { atLeast: number; atMost: number }): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, options.atLeast))
    if (!this.#rung) {
      let timer: ReturnType<typeof setTimeout> | undefined
      await new Promise<void>((resolve) => {
        this.#resolve = resolve
        timer = setTimeout(resolve, options.atMost - options.atLeast)
      })
      clearTimeout(timer)
      this.#resolve = null
    }
    this.#rung = false
  }
}
