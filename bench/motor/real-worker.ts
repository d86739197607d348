import { join } from 'node:path'
import { keepRunning, type Service } from '../../scripts/stack/service.ts'
import type { Servers } from './servers.ts'

/** A worker with its renderer, as `npm start` runs it, over the packs of this checkout. */
export const startRealWorker = (
  { data, postgresUrl, temporal }: Pick<Servers, 'data' | 'postgresUrl' | 'temporal'>,
  root: string,
): Service =>
  keepRunning({
    ...{ name: 'worker', data, command: process.execPath, cwd: root, graceMs: 15_000 },
    args: ['--import', 'tsx', join(root, 'worker', 'main.ts'), '--role', 'all', '--devices', 'cpu'],
    env: {
      ...process.env,
      DATABASE_URL: postgresUrl,
      TEMPORAL_ADDRESS: temporal.address,
      TEMPORAL_NAMESPACE: temporal.namespace,
      TESTSTRIP_BLOBS: join(data, 'blobs'),
      TESTSTRIP_MODELS: join(root, 'models'),
      TESTSTRIP_DATA: data,
    },
  })
