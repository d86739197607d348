import type { Metadata } from 'next'
import { FleetScreen } from '../../screens/fleet/fleet-screen.tsx'
import { guarded } from '../../server/guarded.tsx'
import { readFleet } from '../../server/read-fleet.ts'

export const metadata: Metadata = { title: 'Fleet' }

export default function FleetPage() {
  return guarded(async () => <FleetScreen start={await readFleet()} />)
}
