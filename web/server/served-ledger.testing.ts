import { vi } from 'vitest'
import { type Ledger, registerPacks } from '#prisma'
import { createTestLedger } from '#prisma/testing'
import { smallPack } from '#study/testing'

/** A ledger of its own for tests of handlers, which find it, and the test's Temporal server, in the environment. */
export async function openServedLedger(): Promise<Ledger> {
  const ledger = await createTestLedger()
  vi.stubEnv('DATABASE_URL', ledger.url)
  vi.stubEnv('TEMPORAL_ADDRESS', process.env.TESTSTRIP_TEST_TEMPORAL)
  vi.stubEnv('LOG_LEVEL', 'silent')
  await registerPacks(ledger, [smallPack])

  return ledger
}
