import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { listPacks } from '#prisma'
import { BuilderScreen } from '../../../../screens/builder/builder-screen.tsx'
import { titledTemplates } from '../../../../server/examples.ts'
import { guarded } from '../../../../server/guarded.tsx'
import { ledger } from '../../../../server/ledger.ts'
import { pageStudy, titleOf } from '../../../../server/page-study.ts'
import { readPack } from '../../../../server/read-study.ts'

type Props = { params: Promise<{ id: string }> }

export const generateMetadata = async ({ params }: Props): Promise<Metadata> => ({
  title: await titleOf((await params).id),
})

export default function EditPage({ params }: Props) {
  return guarded(async () => {
    const study = await pageStudy((await params).id)
    if (study.status !== 'draft') redirect(`/studies/${study.id}`)
    const [packs] = await Promise.all([listPacks(ledger()), readPack(study.file.pack)])

    return (
      <BuilderScreen
        key={study.id}
        saved={{ id: study.id, edition: study.edition }}
        file={study.file}
        packs={packs}
        templates={await titledTemplates()}
      />
    )
  })
}
