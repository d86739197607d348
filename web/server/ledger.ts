import { type Ledger, openLedger } from '#prisma'
import { env } from './env.ts'
import { once } from './once.ts'

/** The one ledger of this process. Opening costs nothing; a database that is away shows at the first query. */
export const ledger = (): Ledger => once('ledger', () => openLedger({ url: env().DATABASE_URL, max: 10 }))
