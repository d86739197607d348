import { type PackStanding, packStandings } from '#prisma'
import type { WirePack } from '../wire/pack.ts'
import { ledger } from './ledger.ts'

/** Every pack that a worker has registered, by name. */
export const readPacks = async (): Promise<WirePack[]> => (await packStandings(ledger())).map(toWirePack)

const toWirePack = ({ info, checkedAt, problem, asked, taken, host, readBytes }: PackStanding): WirePack => ({
  ...info,
  problem,
  checkedAt: checkedAt?.toISOString() ?? null,
  checking: asked
    ? {
        readBytes: taken ? readBytes : 0,
        of: info.contents?.files.reduce((all, { bytes }) => all + bytes, 0) ?? 0,
        host: taken ? host : null,
      }
    : null,
})
