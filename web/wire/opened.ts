import { z } from 'zod'
import { studyFileSchema } from '#study'

/** What a file that was handed in holds: a whole study, or settings of Disco Diffusion, which are a recipe only. */
export const openedSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('study'), file: studyFileSchema, notices: z.array(z.string()) }),
  z.object({
    kind: z.literal('settings'),
    recipe: z.record(z.string(), z.unknown()).describe('Not checked yet: preflight does.'),
    unknown: z.record(z.string(), z.unknown()).describe('Keys that no parameter answers to.'),
    notices: z.array(z.string()),
  }),
])

export type Opened = z.infer<typeof openedSchema>
