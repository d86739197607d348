import { readMeasure } from '#prisma'
import { ledger } from '../../../../../../server/ledger.ts'
import { packed } from '../../../../../../server/packed.ts'
import { readStudy } from '../../../../../../server/read-study.ts'
import { answering } from '../../../../../../server/respond.ts'

export const dynamic = 'force-dynamic'

type Context = { params: Promise<{ id: string; name: string }> }

/** One measure of all cells: big-endian float32 by place, NaN where it is not known. */
export const GET = answering<Context>(async (_request, { params }) => {
  const { id, name } = await params
  const study = await readStudy(id)

  return packed(await readMeasure(ledger(), study.id, name))
})
