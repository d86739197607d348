import { join } from 'node:path'
import { z } from 'zod'

const environment = z
  .object({
    DATABASE_URL: z
      .string()
      .min(1, 'DATABASE_URL is not set; `npm start` sets it, or point it at a Postgres of yours.'),
    TEMPORAL_ADDRESS: z.string().default('127.0.0.1:7233'),
    TEMPORAL_NAMESPACE: z.string().default('default'),
    TESTSTRIP_DATA: z.string().default('var'),
    TESTSTRIP_BLOBS: z.string().optional(),
    TESTSTRIP_SHARE_URL: z.url().optional(),
    LOG_LEVEL: z.string().default('info'),
  })
  .transform((env) => ({ ...env, TESTSTRIP_BLOBS: env.TESTSTRIP_BLOBS ?? join(env.TESTSTRIP_DATA, 'blobs') }))

export type Env = z.infer<typeof environment>

let read: Env | undefined

/** The environment, checked at first use rather than at import, so that building needs none of it. */
export function env(): Env {
  read ??= environment.parse({ DATABASE_URL: '', ...process.env })

  return read
}
