import type { Metadata } from 'next'
import { PacksScreen } from '../../screens/packs/packs-screen.tsx'
import { guarded } from '../../server/guarded.tsx'
import { readPacks } from '../../server/read-packs.ts'

export const metadata: Metadata = { title: 'Packs' }

export default function PacksPage() {
  return guarded(async () => <PacksScreen packs={await readPacks()} />)
}
