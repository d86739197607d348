import type { Print as Row } from './generated/client.ts'
import type { Ledger } from './ledger.ts'
import type { Print } from './types.ts'

export const toPrint = (row: Row): Print => ({ ...row, bytes: row.bytes === null ? null : Number(row.bytes) })

/** A sheet on its way into a file, or there already; null when nobody has asked for it, or not for long. */
export const getPrint = async (ledger: Ledger, key: string): Promise<Print | null> => {
  const row = await ledger.prisma.print.findUnique({ where: { key } })

  return row && toPrint(row)
}
