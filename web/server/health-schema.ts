import { z } from 'zod'

export const healthSchema = z.object({
  ok: z.boolean().describe('Everything needed to render is up.'),
  parts: z.record(z.string(), z.object({ ok: z.boolean(), says: z.string() })),
})

/** What is up and what is not, part by part, each with a few words. */
export type Health = z.infer<typeof healthSchema>
