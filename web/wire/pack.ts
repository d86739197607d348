import { z } from 'zod'
import type { PackInfo } from '#study'

/** How sure one can be of a pack's files. */
export const packCheckSchema = z.object({
  checkedAt: z.string().nullable().describe('When its files were last hashed.'),
  problem: z.string().nullable().describe('What was wrong with them.'),
  checking: z
    .object({ readBytes: z.number(), of: z.number(), host: z.string().nullable() })
    .nullable()
    .describe('A check that waits (host null) or is under way.'),
})

/** A pack that some worker holds. */
export type WirePack = PackInfo & z.infer<typeof packCheckSchema>
