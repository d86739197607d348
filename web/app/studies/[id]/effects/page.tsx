import type { Metadata } from 'next'
import { measureNames, referencePlace } from '#prisma'
import { EffectsScreen } from '../../../../screens/effects/effects-screen.tsx'
import { guarded } from '../../../../server/guarded.tsx'
import { ledger } from '../../../../server/ledger.ts'
import { pageSheet } from '../../../../server/page-sheet.ts'
import { titleOf } from '../../../../server/page-study.ts'

type Props = { params: Promise<{ id: string }> }

export const generateMetadata = async ({ params }: Props): Promise<Metadata> => ({
  title: `Effects · ${await titleOf((await params).id)}`,
})

export default function EffectsPage({ params }: Props) {
  return guarded(async () => {
    const { id } = await params
    const sheet = await pageSheet(id)

    const [names, reference] = await Promise.all([measureNames(ledger(), id), referencePlace(ledger(), id)])

    return <EffectsScreen key={id} {...sheet} measureNames={names} reference={reference} />
  })
}
