import { setTimeout as sleep } from 'node:timers/promises'
import type { OpenRenderer, RenderEnding, RenderHooks, RenderJob } from '#worker'

/**
 * A renderer that takes its time and nothing else: what a study then takes longer than that is the cost of claims,
 * commits, heartbeats and workflows. It tells its steps as a real one does, and every picture is another one.
 */
export const sleepingRenderer =
  (options: { seconds: number; picture: () => Promise<Uint8Array> }): OpenRenderer =>
  () => ({
    pid: null,
    prove: async () => null,
    close: () => undefined,
    async render(job: RenderJob, hooks: RenderHooks, signal: AbortSignal): Promise<RenderEnding> {
      const { seconds } = options
      const of = job.recipe.steps
      const begun = performance.now()
      hooks.onProgress({ step: 0, of })
      const [png] = await Promise.all([
        options.picture(),
        sleep(seconds * 1000, undefined, { signal }).catch(() => undefined),
      ])
      if (signal.aborted) return { outcome: 'stopped', checkpoint: null }
      hooks.onProgress({ step: of, of })

      return {
        outcome: 'done',
        image: { png, width: 8, height: 8 },
        metrics: {},
        seconds: { total: (performance.now() - begun) / 1000 },
        speed: { secondsPerStep: seconds / of, secondsFixed: 0, perCutSeconds: 0, samples: 1, error: 0 },
        rung: 0,
      } as RenderEnding
    },
  })
