import { cellsAt, listCells } from '#prisma'
import { ledger } from '../../../../../server/ledger.ts'
import { readStudy } from '../../../../../server/read-study.ts'
import { cellsQuery } from '../../../../../server/requests.ts'
import { answering } from '../../../../../server/respond.ts'
import { toWireCell } from '../../../../../server/to-wire.ts'

export const dynamic = 'force-dynamic'

type Context = { params: Promise<{ id: string }> }

export const GET = answering<Context>(async (request, { params }) => {
  const { id, version: now } = await readStudy((await params).id)
  const { after, limit, seqs } = cellsQuery.parse(Object.fromEntries(new URL(request.url).searchParams))
  if (seqs) {
    const cells = await cellsAt(ledger(), id, seqs)

    return Response.json({ version: now, more: false, cells: cells.map(toWireCell) })
  }
  const { version, more, cells } = await listCells(ledger(), id, { afterVersion: after, limit })

  return Response.json({ version, more, cells: cells.map(toWireCell) })
})
