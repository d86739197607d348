import { z } from 'zod'

/** The fleet as the API tells it and the screen shows it. */
const where = z.object({ studyId: z.string(), title: z.string(), seq: z.number().int() })

export const fleetDeviceSchema = z.object({
  id: z.string(),
  host: z.string(),
  kind: z.string(),
  memory: z.number().nullable().describe('Bytes; null where it does not say.'),
  memoryLimit: z.number().nullable().describe('Bytes that a person allows it.'),
  batch: z.number().int().describe('Renders it steps together.'),
  batchLimit: z.number().int().nullable(),
  packs: z.array(z.string()),
  secondsPerStep: z.number().nullable().describe('As measured in its last render.'),
  silentSeconds: z.number().describe('Since it was last heard of; it beats every 5 s.'),
  aside: z
    .object({ reason: z.string(), seconds: z.number() })
    .nullable()
    .describe('Why and since when it gets no work.'),
  now: z.array(
    where.extend({
      step: z.number().int().nullable(),
      of: z.number().int().nullable(),
      seconds: z.number(),
      webp: z.string().nullable().describe('The growing picture, base64.'),
    }),
  ),
  failed: z
    .array(where.extend({ error: z.string(), seconds: z.number() }))
    .describe('The last three within a day; seconds ago.'),
  queue: z.number().int().describe('Renders waiting that it could make.'),
  secondsLeft: z
    .number()
    .nullable()
    .describe('Until the fleet is through with them; null where speeds are not known.'),
})

export const fleetSchema = z.object({
  devices: z.array(fleetDeviceSchema),
  forecasts: z.object({
    share: z.number().nullable().describe('Median share by which forecasts of finished studies missed.'),
    studies: z.number().int(),
  }),
})

export type Fleet = z.infer<typeof fleetSchema>
export type FleetDevice = z.infer<typeof fleetDeviceSchema>
