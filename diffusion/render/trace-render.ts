import type { Guidance, GuidingClip } from '../guidance/index.ts'
import type { Size } from '../networks/index.ts'
import type { NoiseSource } from '../random/index.ts'
import type { TraceSink } from './trace.ts'

/** Names are those of the parity data; a still is sampler run 0. */
export function traceStart(
  trace: TraceSink,
  clips: readonly GuidingClip[],
  x: Float32Array,
  size: Size,
): void {
  clips.forEach(({ clip, targets }, m) => {
    trace.write(`target_embeds/${m}`, [targets.length / clip.embed, clip.embed], targets)
  })
  trace.write('0/x_start', pictureShape(size), x)
}

export function traceStep(
  trace: TraceSink,
  j: number,
  x0: Float32Array,
  { gradient, clipLosses }: Guidance,
  noise: NoiseSource,
  size: Size,
): void {
  const ahead = noise.peek()
  trace.write(`0/x0/${j}`, pictureShape(size), x0)
  trace.write(`0/grad/${j}`, pictureShape(size), gradient)
  trace.write(`0/clip_losses/${j}`, [clipLosses.length], Float32Array.from(clipLosses))

  if (ahead) trace.write(`0/rng_after/${j}`, [2], ahead)
}

const pictureShape = ([width, height]: Size) => [1, 3, height, width]
