import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { StudyScreen } from '../../../screens/study/study-screen.tsx'
import { guarded } from '../../../server/guarded.tsx'
import { pageSheet } from '../../../server/page-sheet.ts'
import { pageStudy, titleOf } from '../../../server/page-study.ts'

type Props = { params: Promise<{ id: string }> }

export const generateMetadata = async ({ params }: Props): Promise<Metadata> => ({
  title: await titleOf((await params).id),
})

export default function StudyPage({ params }: Props) {
  return guarded(async () => {
    const study = await pageStudy((await params).id)
    if (study.status === 'draft') redirect(`/studies/${study.id}/edit`)

    return <StudyScreen key={`${study.id} ${study.edition}`} {...(await pageSheet(study.id))} />
  })
}
