import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startPostgres } from '../stack/postgres.ts'
import { root } from '../stack/settings.ts'
import { startTemporal } from '../stack/temporal.ts'

/** vitest's global set-up for `*.stack.test.ts`: one throw-away Postgres and one throw-away Temporal server per run. */
export default async function setup(): Promise<() => Promise<void>> {
  const data = mkdtempSync(join(tmpdir(), 'teststrip-test-'))
  // Under root the server runs as another user, who must be able to reach its data.
  chmodSync(data, 0o755)
  mkdirSync(join(data, 'run'))
  mkdirSync(join(data, 'logs'))
  const [postgres, temporal] = await Promise.all([
    startPostgres({ data, durable: false }),
    startTemporal({
      data,
      tools: join(root, 'var', 'tools'),
      namespace: 'default',
      say: console.log,
      // Histories of 4,096 events, as in earnest, would take a test minutes.
      dynamic: ['limit.historyCount.suggestContinueAsNew=150'],
    }),
  ])
  process.env.TESTSTRIP_TEST_DATABASE_URL = postgres.url
  process.env.TESTSTRIP_TEST_TEMPORAL = temporal.address

  return async () => {
    await Promise.all([temporal.service.stop(), postgres.service.stop()])
    rmSync(data, { recursive: true, force: true })
  }
}
