import type { Metadata } from 'next'
import { listCells } from '#prisma'
import { CompareScreen } from '../../../../screens/compare/compare-screen.tsx'
import { checkStudy } from '../../../../server/check-study.ts'
import { guarded } from '../../../../server/guarded.tsx'
import { ledger } from '../../../../server/ledger.ts'
import { pageStudy, titleOf } from '../../../../server/page-study.ts'
import { readPack, readProgress } from '../../../../server/read-study.ts'
import { toWireCell, toWireStudy } from '../../../../server/to-wire.ts'

type Props = { params: Promise<{ id: string }> }

const atOnce = 2_000

export const generateMetadata = async ({ params }: Props): Promise<Metadata> => ({
  title: `Compare · ${await titleOf((await params).id)}`,
})

export default function ComparePage({ params }: Props) {
  return guarded(async () => {
    const study = await pageStudy((await params).id)
    const pack = await readPack(study.file.pack)
    await checkStudy(study.file, pack)
    const [progress, { version, cells }] = await Promise.all([
      readProgress(study),
      listCells(ledger(), study.id, { limit: atOnce }),
    ])

    return (
      <CompareScreen
        key={study.id}
        study={toWireStudy(study, progress)}
        pack={pack}
        version={version}
        cells={cells.map(toWireCell)}
      />
    )
  })
}
