import { TeststripError } from '#study'
import type { Ledger } from './ledger.ts'

/** Somebody wants a pack's files hashed again; asking twice is asking once. */
export const askPackCheck = async (ledger: Ledger, name: string): Promise<void> => {
  const { rowCount } = await ledger.pool.query(
    `update "Pack" set "askedAt" = coalesce("askedAt", now()),
       "readBytes" = case when "askedAt" is null then 0 else "readBytes" end where name = $1`,
    [name],
  )
  if (rowCount === 0) throw new TeststripError('not_found', `There is no pack ${name}.`)
}
