import { getCell, listEvents, markCells } from '#prisma'
import { TeststripError } from '#study'
import { readJson } from '../../../../../../server/body.ts'
import { ledger } from '../../../../../../server/ledger.ts'
import { readStudy } from '../../../../../../server/read-study.ts'
import { markBody, seqParam } from '../../../../../../server/requests.ts'
import { answering } from '../../../../../../server/respond.ts'
import { toWireCellDetail } from '../../../../../../server/to-wire.ts'

export const dynamic = 'force-dynamic'

type Context = { params: Promise<{ id: string; seq: string }> }

export const GET = answering<Context>(async (_request, { params }) => {
  const { id, seq } = await params

  return Response.json(await readCell(id, seq))
})

/** Stars, ratings and notes; what is left out stays as it is. */
export const PATCH = answering<Context>(async (request, { params }) => {
  const { id, seq } = await params
  await readStudy(id)
  const mark = markBody.parse(await readJson(request))
  await markCells(ledger(), id, [seqParam.parse(seq)], mark)

  return Response.json(await readCell(id, seq))
})

const mostEvents = 12

async function readCell(id: string, seq: string) {
  await readStudy(id)
  const cell = await getCell(ledger(), id, seqParam.parse(seq))
  if (!cell) throw new TeststripError('not_found', `The study has no cell ${seq}.`)

  return toWireCellDetail(cell, await listEvents(ledger(), id, { limit: mostEvents }))
}
