import type { Metadata } from 'next'
import { listPacks } from '#prisma'
import { TeststripError } from '#study'
import { BuilderScreen } from '../../screens/builder/builder-screen.tsx'
import { fileFromTemplate } from '../../screens/library/templates.ts'
import { guarded } from '../../server/guarded.tsx'
import { ledger } from '../../server/ledger.ts'

export const metadata: Metadata = { title: 'New study' }

type Props = { searchParams: Promise<{ template?: string | string[] }> }

export default function NewStudyPage({ searchParams }: Props) {
  return guarded(async () => {
    const packs = await listPacks(ledger())
    if (packs.length === 0)
      throw new TeststripError(
        'unavailable',
        'No worker has brought a pack of networks yet, so there is nothing to render with. Workers register their packs when they start.',
      )
    const { template } = await searchParams
    const id = Array.isArray(template) ? template[0] : template

    return (
      <BuilderScreen key={id ?? 'empty'} id={null} file={fileFromTemplate(id, packs[0]!)} packs={packs} />
    )
  })
}
