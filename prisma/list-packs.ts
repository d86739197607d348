import type { PackInfo } from '#study'
import type { Ledger } from './ledger.ts'

/** Every pack a worker has ever registered, by name. */
export const listPacks = async (ledger: Ledger): Promise<PackInfo[]> => {
  const rows = await ledger.prisma.pack.findMany({ orderBy: { name: 'asc' } })

  return rows.map((row) => row.info as unknown as PackInfo)
}

export const packNamed = async (ledger: Ledger, name: string): Promise<PackInfo | null> => {
  const row = await ledger.prisma.pack.findFirst({ where: { name } })

  return row && (row.info as unknown as PackInfo)
}
