import type { Guidance } from '../guidance/index.ts'
import type { Size } from '../networks/index.ts'
import type { NoiseSource } from '../random/index.ts'
import type { SamplerRun } from './sampler-run.ts'
import type { TraceSink } from './trace.ts'

/** Writes down one sampler run. */
export interface RunTrace {
  start(run: SamplerRun, x: Float32Array): void
  step(j: number, x0: Float32Array, looks: readonly Guidance[], noise: NoiseSource): void
}

/**
 * Sampler run number `r` under the names of the parity data. Where a step looks twice (the first of PLMS), its
 * clip_losses are those of both looks in order, and its grad is that of the first.
 */
export function traceRun(trace: TraceSink, r: number, size: Size): RunTrace {
  const shape = [1, 3, size[1], size[0]]

  return {
    start({ clips, init }, x) {
      // The parity data has the targets of the first run only.
      if (r === 0) {
        clips.forEach(({ clip, targets }, m) => {
          trace.write(`target_embeds/${m}`, [targets.length / clip.embed, clip.embed], targets)
        })
      }
      trace.write(`${r}/x_start`, shape, x)

      if (init) trace.write(`${r}/init`, shape, init)
    },

    step(j, x0, looks, noise) {
      const ahead = noise.peek()
      const losses = looks.flatMap(({ clipLosses }) => clipLosses)
      trace.write(`${r}/x0/${j}`, shape, x0)
      trace.write(`${r}/grad/${j}`, shape, looks[0]!.gradient)
      trace.write(`${r}/clip_losses/${j}`, [losses.length], Float32Array.from(losses))

      if (ahead) trace.write(`${r}/rng_after/${j}`, [2], ahead)
    },
  }
}
