import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { listCells } from '#prisma'
import { StudyScreen } from '../../../screens/study/study-screen.tsx'
import { checkStudy } from '../../../server/check-study.ts'
import { guarded } from '../../../server/guarded.tsx'
import { ledger } from '../../../server/ledger.ts'
import { pageStudy, titleOf } from '../../../server/page-study.ts'
import { readPack, readProgress } from '../../../server/read-study.ts'
import { toWireCell, toWireStudy } from '../../../server/to-wire.ts'

type Props = { params: Promise<{ id: string }> }

/** The first paint brings this many cells; the event stream brings the rest. */
const atOnce = 2_000

export const generateMetadata = async ({ params }: Props): Promise<Metadata> => ({
  title: await titleOf((await params).id),
})

export default function StudyPage({ params }: Props) {
  return guarded(async () => {
    const study = await pageStudy((await params).id)
    if (study.status === 'draft') redirect(`/studies/${study.id}/edit`)
    const pack = await readPack(study.file.pack)
    await checkStudy(study.file, pack)
    const [progress, { version, cells }] = await Promise.all([
      readProgress(study),
      listCells(ledger(), study.id, { limit: atOnce }),
    ])

    return (
      <StudyScreen
        key={study.id}
        study={toWireStudy(study, progress)}
        pack={pack}
        version={version}
        cells={cells.map(toWireCell)}
      />
    )
  })
}
