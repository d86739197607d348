import { promptMeasure } from '#charts'
import {
  type Engine,
  type RenderEvent,
  type RenderMetrics,
  type RenderResult,
  tilePictures,
} from '#diffusion'
import { TeststripError } from '#study'
import { PackShelf } from './pack-shelf.ts'
import type { FromRenderer, ToRenderer } from './protocol.ts'

type Job = Extract<ToRenderer, { type: 'render' }>

/** Turns the engine's events into messages, of as many renders at once as there are jobs: previews and checkpoints by the clock, and a stop as soon as asked for. */
export class RenderLoop {
  readonly #packs = new PackShelf()
  readonly #running = new Map<number, AbortController>()
  /** Of the last render here, to turn "every half second" into steps. */
  #secondsPerStep = 0

  constructor(private readonly options: { engine: Engine; say: (message: FromRenderer) => void }) {}

  stop(id: number): void {
    this.#running.get(id)?.abort()
  }

  async render(job: Job): Promise<void> {
    const stop = new AbortController()
    this.#running.set(job.id, stop)
    const ending = await this.#ending(job, stop.signal)
    this.#running.delete(job.id)
    this.options.say(ending)
  }

  async #ending(job: Job, signal: AbortSignal): Promise<FromRenderer> {
    const { id } = job
    let last: RenderEvent | null = null
    try {
      const result = await this.#run(job, signal, (event) => {
        last = event
      })
      const { metrics, seconds, speed, rung } = result
      // A cell shows one picture: those of n_batches side by side, so that none is lost.
      const image = await tilePictures(result.images)

      return { type: 'done', id, image, metrics: flat(metrics), seconds: numbers(seconds), speed, rung }
    } catch (error) {
      // A step cut short is done again by whoever goes on: the checkpoint is that of the last whole step.
      if (signal.aborted) return { type: 'stopped', id, checkpoint: checkpointOf(last) }
      // Of an older engine, or not whole: the picture is what counts, so it is made from the start.
      if (job.resumeFrom && error instanceof TeststripError && error.code === 'conflict')
        return this.#ending({ ...job, resumeFrom: undefined }, signal)

      const code = error instanceof TeststripError ? error.code : 'internal'

      return { type: 'failed', id, code, message: error instanceof Error ? error.message : String(error) }
    }
  }

  async #run(job: Job, signal: AbortSignal, onEvent: (event: RenderEvent) => void): Promise<RenderResult> {
    const { engine, say } = this.options
    const { id, resumeFrom, rung } = job
    const { display_rate, intermediate_saves } = job.recipe
    const pause = this.#secondsPerStep > 0 ? Math.ceil(job.previewSeconds / this.#secondsPerStep) : 1
    const run = engine.render(job.recipe, await this.#packs.take(job.pack), {
      signal,
      resumeFrom,
      picture: async (name) => job.pictures[name]!,
      rung,
      previewEvery: Math.max(display_rate, pause),
      checkpointEvery: 1,
      intermediates: intermediate_saves !== 0,
    })

    let saved = performance.now()
    for (let steps = 0; ; steps++) {
      const next = await run.next()
      if (next.done) {
        if (steps > 0) this.#secondsPerStep = next.value.seconds.total / steps

        return next.value
      }

      const event = next.value
      onEvent(event)
      say({ type: 'progress', id, step: event.step, of: event.of, preview: event.preview })
      if (event.intermediate) {
        const { png, width, height } = event.intermediate
        say({ type: 'partial', id, step: event.step, png, width, height })
      }
      if (event.checkpoint && performance.now() - saved > job.checkpointSeconds * 1_000) {
        say({ type: 'checkpoint', id, step: event.step, bytes: event.checkpoint() })
        saved = performance.now()
      }
    }
  }
}

function checkpointOf(event: RenderEvent | null): { step: number; bytes: Uint8Array } | null {
  const bytes = event?.checkpoint?.()

  return event && bytes ? { step: event.step, bytes } : null
}

/** As the ledger keeps them: one number under each name. */
const flat = ({ clipSimilarity, promptSimilarities }: RenderMetrics): Record<string, number> =>
  numbers({
    clipSimilarity,
    ...Object.fromEntries(promptSimilarities.map((value, k) => [promptMeasure(k), value])),
  })

/** What could not be measured is left out: only finite numbers go into the ledger. */
const numbers = (values: object): Record<string, number> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => Number.isFinite(value)))
