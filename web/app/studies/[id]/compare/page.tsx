import type { Metadata } from 'next'
import { CompareScreen } from '../../../../screens/compare/compare-screen.tsx'
import { guarded } from '../../../../server/guarded.tsx'
import { pageSheet } from '../../../../server/page-sheet.ts'
import { titleOf } from '../../../../server/page-study.ts'

type Props = { params: Promise<{ id: string }> }

export const generateMetadata = async ({ params }: Props): Promise<Metadata> => ({
  title: `Compare · ${await titleOf((await params).id)}`,
})

export default function ComparePage({ params }: Props) {
  return guarded(async () => {
    const { id } = await params

    return <CompareScreen key={id} {...(await pageSheet(id))} />
  })
}
