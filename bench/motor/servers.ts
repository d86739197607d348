import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Ledger, migrate, openLedger } from '#prisma'
import { startPostgres } from '../../scripts/stack/postgres.ts'
import { root } from '../../scripts/stack/settings.ts'
import { startTemporal } from '../../scripts/stack/temporal.ts'

/** What `npm start` runs, in a folder of its own: Postgres as safe against power loss as there, Temporal on SQLite. */
export interface Servers {
  data: string
  ledger: Ledger
  postgresUrl: string
  temporal: { address: string; namespace: string }
}

export async function withServers<T>(use: (servers: Servers) => Promise<T>): Promise<T> {
  const data = mkdtempSync(join(tmpdir(), 'teststrip-bench-'))
  // Under root the server runs as another user, who must be able to reach its data.
  chmodSync(data, 0o755)
  for (const name of ['run', 'logs']) mkdirSync(join(data, name))
  const postgres = await startPostgres({ data, durable: true })
  const temporal = await startTemporal({
    data,
    tools: join(root, 'var', 'tools'),
    say: (line) => console.error(`• ${line}`),
  })
  await migrate(postgres.url)
  const ledger = openLedger({ url: postgres.url, max: 20 })
  try {
    return await use({ data, ledger, postgresUrl: postgres.url, temporal })
  } finally {
    await ledger.close()
    await Promise.all([temporal.service.stop(), postgres.service.stop()])
    rmSync(data, { recursive: true, force: true })
  }
}
