import { type BlobStore, openBlobs } from '#blobs'
import { type Ledger, openLedger } from '#prisma'
import { TeststripError } from '#study'

/**
 * Ledger and pictures themselves, for what is too large to ask for over HTTP: those of DATABASE_URL and
 * TESTSTRIP_BLOBS, else those of the Teststrip that runs on this machine.
 */
export async function withStores<T>(
  work: (stores: { ledger: Ledger; blobs: BlobStore }) => Promise<T>,
): Promise<T> {
  const { readStackSettings, runningPostgres } = await import('../scripts/stack/index.ts')
  const { databaseUrl, data, blobs } = readStackSettings()
  const url = databaseUrl ?? runningPostgres(data)
  if (!url)
    throw new TeststripError(
      'unavailable',
      'No database is known here: start Teststrip with "teststrip start", or set DATABASE_URL and TESTSTRIP_BLOBS to those of a fleet.',
    )

  const ledger = openLedger({ url, max: 2 })
  try {
    return await work({ ledger, blobs: openBlobs(blobs) })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ECONNREFUSED') throw error
    throw new TeststripError(
      'unavailable',
      'The database does not answer; check that it runs, and DATABASE_URL.',
    )
  } finally {
    await ledger.close()
  }
}
