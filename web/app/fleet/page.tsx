import type { Metadata } from 'next'
import { listDevices, listPacks } from '#prisma'
import { FleetScreen } from '../../screens/fleet/fleet-screen.tsx'
import { guarded } from '../../server/guarded.tsx'
import { ledger } from '../../server/ledger.ts'

export const metadata: Metadata = { title: 'Fleet and packs' }

export default function FleetPage() {
  return guarded(async () => {
    const [devices, packs] = await Promise.all([listDevices(ledger()), listPacks(ledger())])
    const now = Date.now()

    return (
      <FleetScreen
        devices={devices.map((device) => ({
          ...device,
          silentSeconds: (now - device.lastSeen.getTime()) / 1000,
        }))}
        packs={packs}
      />
    )
  })
}
