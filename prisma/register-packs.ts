import type { PackInfo } from '#study'
import type { Ledger } from './ledger.ts'

/** A worker says which packs it has loaded and verified. The last word on a name counts. */
export const registerPacks = async (ledger: Ledger, packs: PackInfo[]): Promise<void> => {
  for (const pack of [...packs].sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const now = new Date()
    const row = {
      ...{ hash: pack.hash, info: pack as unknown as object },
      ...{ seenAt: now, checkedAt: now, problem: null },
    }
    await ledger.prisma.pack.upsert({
      where: { name: pack.name },
      create: { name: pack.name, ...row },
      update: row,
    })
  }
}
