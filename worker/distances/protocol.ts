import { z } from 'zod'

/** What the worker and its process for distances tell each other, pictures as bytes, one question at a time. */
const bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array, 'bytes')

export const question = z.object({
  pack: z.object({ folder: z.string(), hash: z.string() }),
  /** The picture that the others are measured against. */
  reference: bytes,
  /** By render key. */
  pictures: z.array(z.object({ key: z.string(), picture: bytes })),
})
export type Question = z.output<typeof question>

export const answer = z.union([
  z.object({
    distances: z.map(z.string(), z.number()),
    /** Why the rest has none, by render key. */
    problems: z.map(z.string(), z.string()),
  }),
  z.object({ failure: z.string() }),
])
export type Answer = z.output<typeof answer>
