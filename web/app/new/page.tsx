import type { Metadata } from 'next'
import { listPacks } from '#prisma'
import { type StudyFile, TeststripError } from '#study'
import { BuilderScreen } from '../../screens/builder/builder-screen.tsx'
import { exampleOf, fileOfExample, titledTemplates } from '../../server/examples.ts'
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
    const chosen = await exampleOf(id)
    const empty: StudyFile = { teststrip: 1, title: '', pack: packs[0]!.name, recipe: {}, axes: [] }

    const file = chosen ? await fileOfExample(chosen) : empty

    return (
      <BuilderScreen
        key={id ?? 'empty'}
        saved={null}
        file={file}
        packs={packs}
        templates={await titledTemplates()}
      />
    )
  })
}
