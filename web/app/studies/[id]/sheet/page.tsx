import type { Metadata } from 'next'
import { SheetScreen } from '../../../../screens/sheet/sheet-screen.tsx'
import { checkStudy } from '../../../../server/check-study.ts'
import { guarded } from '../../../../server/guarded.tsx'
import { pageStudy, titleOf } from '../../../../server/page-study.ts'
import { readPack, readProgress } from '../../../../server/read-study.ts'
import { toWireStudy } from '../../../../server/to-wire.ts'

type Props = { params: Promise<{ id: string }> }

export const generateMetadata = async ({ params }: Props): Promise<Metadata> => ({
  title: `Sheet · ${await titleOf((await params).id)}`,
})

export default function SheetPage({ params }: Props) {
  return guarded(async () => {
    const study = await pageStudy((await params).id)
    const pack = await readPack(study.file.pack)
    await checkStudy(study.file, pack)

    return <SheetScreen key={study.id} study={toWireStudy(study, await readProgress(study))} pack={pack} />
  })
}
