import { z } from 'zod'
import type { Recipe } from '#study'

/**
 * What the worker and its renderer process tell each other, over the child's IPC channel with structured-clone
 * serialisation, so that pictures travel as bytes. Several jobs may run at once, which the engine then steps together;
 * `id` names the job: a message about one that has ended is stale.
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
    /** Those the recipe names, by these names. */
    pictures: z.record(z.string(), bytes),
    pack: z.object({ folder: z.string(), hash: z.string() }),
    resumeFrom: bytes.optional(),
    /** Of the memory ladder: what this device is known to need at this size. */
    rung: z.number().int().min(0),
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

const picture = { png: bytes, width: z.number().int(), height: z.number().int() }

export const fromRenderer = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready') }),
  /** The device has not proved itself: it will render nothing. */
  z.object({ type: z.literal('refused'), message: z.string() }),
  z.object({
    type: z.literal('progress'),
    id,
    step: z.number().int(),
    of: z.number().int(),
    preview: bytes.optional(),
  }),
  z.object({ type: z.literal('checkpoint'), id, step: z.number().int(), bytes }),
  z.object({ type: z.literal('partial'), id, step: z.number().int(), ...picture }),
  z.object({
    type: z.literal('done'),
    id,
    image: z.object(picture),
    metrics: z.record(z.string(), z.number()),
    seconds: z.record(z.string(), z.number()),
    speed,
    rung: z.number().int().min(0),
  }),
  z.object({
    type: z.literal('stopped'),
    id,
    checkpoint: z.object({ step: z.number().int(), bytes }).nullable(),
  }),
  z.object({ type: z.literal('failed'), id, code: z.string(), message: z.string() }),
])
export type FromRenderer = z.output<typeof fromRenderer>
