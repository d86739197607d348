import { keepTrying, reasonOf } from '../keep-trying.ts'
import type { Logger } from '../log.ts'
import type { RenderHooks } from '../renderer/renderer.ts'
import { commitCheckpoint, commitPartial, type Held } from './commit-render.ts'
import { ProgressWriter } from './progress-writer.ts'

export interface HooksOptions {
  held: Held
  log: Logger
  onStep(step: number): void
  /** The claim is somebody else's by now. */
  onLost(): void
}

export interface Hooks extends RenderHooks {
  /** A checkpoint of this attempt is in the ledger, which has forgotten the deaths before it. */
  readonly hasCheckpoint: boolean
  close(): void
  /** All that was begun is written, or is known not to be. */
  settled(): Promise<void>
}

/** A cell may show an intermediate picture: it is worth waiting for a ledger that is being restarted. */
const forMs = 120_000

/** Where the renderer's news go. Nothing here may hold the render up, and after `close` nothing is begun. */
export function createHooks(options: HooksOptions): Hooks {
  const { held, log, onStep, onLost } = options
  const progress = new ProgressWriter({ ...held, log, onLost })
  const pending = new Set<Promise<void>>()
  const keeping = new Set<Promise<void>>()
  let closed = false
  let hasCheckpoint = false

  const aside = (what: string, write: () => Promise<boolean>): Promise<void> => {
    const writing = write().then(
      (kept) => {
        if (!kept && !closed) onLost()
      },
      (error: unknown) => log.warn({ reason: reasonOf(error) }, what),
    )
    pending.add(writing)
    void writing.then(() => pending.delete(writing))

    return writing
  }

  return {
    onProgress: (latest) => {
      onStep(latest.step)
      progress.write(latest)
    },
    onCheckpoint: (checkpoint) =>
      void aside('checkpoint not saved', async () => {
        // Whoever goes on from it does not pass the steps before again: their pictures have to be there.
        await Promise.all(keeping)

        const kept = await commitCheckpoint(held, checkpoint)
        hasCheckpoint ||= kept

        return kept
      }),
    onPartial: (partial) => {
      const what = 'intermediate picture not saved'
      const kept = aside(what, () => keepTrying({ what, log, forMs }, () => commitPartial(held, partial)))
      keeping.add(kept)
      void kept.then(() => keeping.delete(kept))
    },
    get hasCheckpoint() {
      return hasCheckpoint
    },
    settled: async () => void (await Promise.all(pending)),
    close: () => {
      closed = true
      progress.close()
    },
  }
}
