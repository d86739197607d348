import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { Suspense } from 'react'
import { StudyOpening } from '../../../screens/study/study-opening.tsx'
import { StudyScreen } from '../../../screens/study/study-screen.tsx'
import { WarmPainter } from '../../../screens/study/warm-painter.tsx'
import { guarded } from '../../../server/guarded.tsx'
import { pagePlan, pageSheet } from '../../../server/page-sheet.ts'
import { pageStudy, titleOf } from '../../../server/page-study.ts'
import { overviewFrom } from '../../../state/grid-layout.ts'

type Props = { params: Promise<{ id: string }> }

export const generateMetadata = async ({ params }: Props): Promise<Metadata> => ({
  title: await titleOf((await params).id),
})

export default function StudyPage({ params }: Props) {
  return guarded(async () => {
    const { id, title, status } = await pageStudy((await params).id)
    if (status === 'draft') redirect(`/studies/${id}/edit`)
    const { size } = await pagePlan(id)
    if (size <= overviewFrom) return <Sheet id={id} />

    // The browser fetches scripts and starts the painter while the ledger still counts very many cells.
    return (
      <>
        <WarmPainter />
        <Suspense fallback={<StudyOpening title={title} cells={size} />}>
          <Sheet id={id} />
        </Suspense>
      </>
    )
  })
}

function Sheet({ id }: { id: string }) {
  return guarded(async () => {
    const sheet = await pageSheet(id)

    return <StudyScreen key={`${id} ${sheet.study.edition}`} {...sheet} />
  })
}
