import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { z } from 'zod'

/** The repository root: scripts/stack/ is two folders below it. */
export const root = resolve(import.meta.dirname, '..', '..')

const environment = z.object({
  DATABASE_URL: z.url().optional(),
  TEMPORAL_ADDRESS: z.string().min(1).optional(),
  TEMPORAL_NAMESPACE: z.string().min(1).optional(),
  TESTSTRIP_BLOBS: z.string().min(1).optional(),
  TESTSTRIP_MODELS: z.string().min(1).optional(),
  TESTSTRIP_DATA: z.string().min(1).optional(),
  PORT: z.coerce.number().int().min(1).max(65535).optional(),
})

/** Where everything of this installation lives. Unset variables mean: embedded, local, under `var/`. */
export interface StackSettings {
  databaseUrl: string | undefined
  temporalAddress: string | undefined
  /** Unset: `default` on a server that was given, one of this installation's own on the embedded one. */
  temporalNamespace: string | undefined
  data: string
  blobs: string
  models: string
  port: number | undefined
}

export function readStackSettings(env: NodeJS.ProcessEnv = process.env): StackSettings {
  // An empty variable is how shells and compose files say "unset".
  const given = environment.parse(Object.fromEntries(Object.entries(env).filter(([, value]) => value !== '')))
  const data = resolve(root, given.TESTSTRIP_DATA ?? 'var')
  mkdirSync(join(data, 'run'), { recursive: true })
  mkdirSync(join(data, 'logs'), { recursive: true })

  return {
    databaseUrl: given.DATABASE_URL,
    temporalAddress: given.TEMPORAL_ADDRESS,
    temporalNamespace: given.TEMPORAL_NAMESPACE,
    data,
    blobs: given.TESTSTRIP_BLOBS ?? join(data, 'blobs'),
    models: resolve(root, given.TESTSTRIP_MODELS ?? 'models'),
    port: given.PORT,
  }
}
