import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { runningPostgres, startPostgres } from './postgres.ts'

it('the embedded Postgres of a folder is found while it runs, and only then', async () => {
  const data = mkdtempSync(join(tmpdir(), 'teststrip-postgres-'))
  // Under root the server runs as another user, who must be able to reach its data.
  chmodSync(data, 0o755)
  for (const name of ['run', 'logs']) mkdirSync(join(data, name))
  try {
    expect(runningPostgres(data)).toBeNull()
    const { url, service } = await startPostgres({ data, durable: false })
    expect(runningPostgres(data)).toBe(url)
    await service.stop()
    expect(runningPostgres(data)).toBeNull()
  } finally {
    rmSync(data, { recursive: true, force: true })
  }
})
