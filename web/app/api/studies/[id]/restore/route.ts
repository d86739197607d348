import { archiveStudy } from '#prisma'
import { ledger } from '../../../../../server/ledger.ts'
import { readProgress, readStudy } from '../../../../../server/read-study.ts'
import { answering } from '../../../../../server/respond.ts'

export const dynamic = 'force-dynamic'

type Context = { params: Promise<{ id: string }> }

export const POST = answering<Context>(async (_request, { params }) => {
  const { id } = await readStudy((await params).id)
  await archiveStudy(ledger(), id, { archived: false })

  return Response.json(await readProgress(await readStudy(id)))
})
