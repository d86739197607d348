import type { Ledger } from './ledger.ts'

/** How far a render in progress is and, once it has sent one, a small WebP of what it looks like. */
export const latestPreview = async (
  ledger: Ledger,
  key: string,
): Promise<{ step: number; of: number; webp: Uint8Array | null } | null> => {
  const { rows } = await ledger.pool.query<{ step: number; of: number; webp: Buffer | null }>(
    `select p.step, p.of, p.webp from "Preview" p join "Render" r on r.key = p."renderKey" and r.claim = p.claim
     where p."renderKey" = $1`,
    [key],
  )
  const found = rows[0]

  return found ? { step: found.step, of: found.of, webp: found.webp && new Uint8Array(found.webp) } : null
}
