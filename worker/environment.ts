import { hostname } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { readDevice } from '#diffusion'
import { TeststripError } from '#study'

export type Role = 'studio' | 'render' | 'all'

const schema = z
  .object({
    DATABASE_URL: z.string().min(1),
    TEMPORAL_ADDRESS: z.string().min(1).default('127.0.0.1:7233'),
    TEMPORAL_NAMESPACE: z.string().min(1).default('default'),
    TESTSTRIP_DATA: z.string().min(1).default('var'),
    TESTSTRIP_BLOBS: z.string().min(1).optional(),
    TESTSTRIP_MODELS: z.string().min(1).default('models'),
    TESTSTRIP_HOST: z.string().min(1).default(hostname()),
    TESTSTRIP_LOG: z.enum(['trace', 'debug', 'info', 'warn', 'error']).default('info'),
  })
  .transform((env) => ({
    databaseUrl: env.DATABASE_URL,
    temporal: { address: env.TEMPORAL_ADDRESS, namespace: env.TEMPORAL_NAMESPACE },
    data: env.TESTSTRIP_DATA,
    blobs: env.TESTSTRIP_BLOBS ?? join(env.TESTSTRIP_DATA, 'blobs'),
    /** Where packs lie: in `packs/` below this folder, or loose in it. */
    models: env.TESTSTRIP_MODELS,
    logLevel: env.TESTSTRIP_LOG,
    /** Names this machine in the fleet: no two may have the same. */
    host: env.TESTSTRIP_HOST,
  }))

export type Environment = z.infer<typeof schema>

/** Reads what the worker is told from outside, once. Names the variable when something is wrong. */
export function readEnvironment(env: Record<string, string | undefined>): Environment {
  const parsed = schema.safeParse(Object.fromEntries(Object.entries(env).filter(([, value]) => value !== '')))
  if (parsed.success) return parsed.data

  const [issue] = parsed.error.issues
  throw new TeststripError(
    'invalid_input',
    `Environment variable ${issue?.path.join('.')}: ${issue?.message}.`,
  )
}

const deviceName = z.string().transform((text, context) => {
  try {
    return readDevice(text).name
  } catch (error) {
    context.addIssue({ code: 'custom', message: (error as Error).message })

    return z.NEVER
  }
})

export const argumentsSchema = z.object({
  role: z.enum(['studio', 'render', 'all']).default('all'),
  /** 'auto': the best kind of device that this machine has and that proves itself. */
  devices: z
    .string()
    .default('auto')
    .transform((list) => (list === 'auto' ? list : list.split(',').map((name) => name.trim())))
    .pipe(z.union([z.literal('auto'), z.array(deviceName).min(1)])),
  batch: z.coerce.number().int().min(1).max(64).default(1),
})
