import type { Metadata } from 'next'
import { listPacks } from '#prisma'
import { FleetScreen } from '../../screens/fleet/fleet-screen.tsx'
import { guarded } from '../../server/guarded.tsx'
import { ledger } from '../../server/ledger.ts'
import { readFleet } from '../../server/read-fleet.ts'

export const metadata: Metadata = { title: 'Fleet and packs' }

export default function FleetPage() {
  return guarded(async () => {
    const [start, packs] = await Promise.all([readFleet(), listPacks(ledger())])

    return <FleetScreen start={start} packs={packs} />
  })
}
