import { PrismaPg } from '@prisma/adapter-pg'
import { Pool } from 'pg'
import { PrismaClient } from './generated/client.ts'

/** The way to the database: Prisma for single rows and screens, the pool under it for what must be fast. */
export interface Ledger {
  prisma: PrismaClient
  pool: Pool
  url: string
  close(): Promise<void>
}

/**
 * Opens the ledger; one per process. Connections are made when first needed, at most `max` of them (10).
 *
 * @example
 * const ledger = openLedger({ url: process.env.DATABASE_URL, max: 2 })
 * const study = await getStudy(ledger, id)
 * await ledger.close()
 */
export const openLedger = (options: { url: string; max?: number }): Ledger => {
  const pool = new Pool({
    connectionString: options.url,
    max: options.max ?? 10,
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 30_000,
    keepAlive: true,
    application_name: 'teststrip',
  })
  // An idle connection that breaks (Postgres restarted) is replaced at the next query; unheard it would end the process.
  pool.on('error', () => undefined)
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool) })

  return {
    prisma,
    pool,
    url: options.url,
    close: async () => {
      await prisma.$disconnect()
      if (!pool.ended) await pool.end()
    },
  }
}
