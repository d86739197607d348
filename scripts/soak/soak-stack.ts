import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { migrate } from '#prisma'
import { freePort } from '../stack/ports.ts'
import { startPostgres } from '../stack/postgres.ts'
import { keepRunning, type Service } from '../stack/service.ts'
import { root } from '../stack/settings.ts'
import { startTemporal } from '../stack/temporal.ts'
import { startWeb } from '../stack/web.ts'

export interface SoakStack {
  data: string
  url: string
  databaseUrl: string
  temporal: { address: string; namespace: string }
  services: Record<'postgres' | 'temporal' | 'web' | 'worker-1' | 'worker-2', Service>
  stop(): Promise<void>
}

/** Everything that `npm start` runs, over a data folder of its own and with a second worker to take over from the first. */
export async function startSoakStack(data: string): Promise<SoakStack> {
  for (const folder of ['run', 'logs']) mkdirSync(join(data, folder), { recursive: true })
  const [postgres, temporal] = await Promise.all([
    startPostgres({ data, durable: true }),
    startTemporal({ data, tools: join(root, 'var', 'tools'), say: console.error }),
  ])
  await migrate(postgres.url)
  const env = {
    ...process.env,
    DATABASE_URL: postgres.url,
    TEMPORAL_ADDRESS: temporal.address,
    TEMPORAL_NAMESPACE: temporal.namespace,
    TESTSTRIP_BLOBS: join(data, 'blobs'),
    TESTSTRIP_MODELS: join(root, 'models'),
    TESTSTRIP_DATA: data,
  }
  const worker = (name: string): Service =>
    keepRunning({
      name,
      data,
      command: process.execPath,
      args: ['--import', 'tsx', join(root, 'worker', 'main.ts'), '--role', 'all', '--devices', 'cpu'],
      cwd: root,
      env,
      graceMs: 15_000,
    })
  const services = {
    postgres: postgres.service,
    temporal: temporal.service,
    'worker-1': worker('worker-1'),
    'worker-2': worker('worker-2'),
  }
  const web = await startWeb({ data, port: await freePort(3_400), env })

  return {
    data,
    url: web.url,
    databaseUrl: postgres.url,
    temporal,
    services: { ...services, web: web.service },
    async stop() {
      await Promise.all([web.service.stop(), services['worker-1'].stop(), services['worker-2'].stop()])
      await Promise.all([services.temporal.stop(), services.postgres.stop()])
    },
  }
}
