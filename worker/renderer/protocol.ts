import { z } from 'zod'
import type { Recipe } from '#study'

/**
 * What the worker and its renderer process tell each other, over the child's IPC channel with structured-clone
 * serialisation, so that pictures travel as bytes. `id` names the job: a message about another one is stale.
 */
const bytes = z
  .custom<Uint8Array>((value) => value instanceof Uint8Array, 'bytes')
  // The channel hands over Buffers, whose `slice` and `buffer` mean something else than those of plain bytes.
  .transform((value) => Uint8Array.from(value) as Uint8Array)
const id = z.number().int()

export const toRenderer = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('render'),
    id,
    recipe: z.custom<Recipe>((value) => typeof value === 'object' && value !== null),
    pack: z.object({ folder: z.string(), hash: z.string() }),
    resumeFrom: bytes.optional(),
    checkpointSeconds: z.number().positive(),
    previewSeconds: z.number().positive(),
  }),
  /** Stop at the next step, hand over a checkpoint. */
  z.object({ type: z.literal('stop'), id }),
])
export type ToRenderer = z.output<typeof toRenderer>

const speed = z.object({
  secondsPerStep: z.number(),
  secondsFixed: z.number(),
  perCutSeconds: z.number(),
  samples: z.number(),
  error: z.number(),
})

export const fromRenderer = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready') }),
  z.object({
    type: z.literal('progress'),
    id,
    step: z.number().int(),
    of: z.number().int(),
    preview: bytes.optional(),
  }),
  z.object({ type: z.literal('checkpoint'), id, step: z.number().int(), bytes }),
  z.object({
    type: z.literal('done'),
    id,
    images: z.array(z.object({ png: bytes, width: z.number().int(), height: z.number().int() })).min(1),
    metrics: z.record(z.string(), z.number()),
    seconds: z.record(z.string(), z.number()),
    speed,
  }),
  z.object({
    type: z.literal('stopped'),
    id,
    checkpoint: z.object({ step: z.number().int(), bytes }).nullable(),
  }),
  z.object({ type: z.literal('failed'), id, code: z.string(), message: z.string() }),
])
export type FromRenderer = z.output<typeof fromRenderer>
