import { readCellColumns } from '#prisma'
import { ledger } from '../../../../../server/ledger.ts'
import { packed } from '../../../../../server/packed.ts'
import { readStudy } from '../../../../../server/read-study.ts'
import { columnsQuery } from '../../../../../server/requests.ts'
import { answering } from '../../../../../server/respond.ts'

export const dynamic = 'force-dynamic'

type Context = { params: Promise<{ id: string }> }

/** A stretch of cells in 42 bytes each, for screens that show very many. */
export const GET = answering<Context>(async (request, { params }) => {
  const { id } = await readStudy((await params).id)
  const range = columnsQuery.parse(Object.fromEntries(new URL(request.url).searchParams))
  const { version, records } = await readCellColumns(ledger(), id, range)

  return packed(records, { 'x-study-version': version })
})
