import { markCells } from '#prisma'
import { readJson } from '../../../../../server/body.ts'
import { ledger } from '../../../../../server/ledger.ts'
import { readStudy } from '../../../../../server/read-study.ts'
import { marksBody } from '../../../../../server/requests.ts'
import { answering } from '../../../../../server/respond.ts'

export const dynamic = 'force-dynamic'

type Context = { params: Promise<{ id: string }> }

/** Rates, stars, rejects or notes many cells at once; what is left out stays as it is. */
export const POST = answering<Context>(async (request, { params }) => {
  const { id } = await readStudy((await params).id)
  const { seqs, ...mark } = marksBody.parse(await readJson(request))

  return Response.json({ cells: await markCells(ledger(), id, seqs, mark) })
})
