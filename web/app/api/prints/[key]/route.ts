import { cancelPrint } from '#prisma'
import { ledger } from '../../../../server/ledger.ts'
import { readPrint, toWirePrint } from '../../../../server/print-study.ts'
import { answering } from '../../../../server/respond.ts'

export const dynamic = 'force-dynamic'

type Context = { params: Promise<{ key: string }> }

export const GET = answering<Context>(async (_request, { params }) =>
  Response.json(toWirePrint(await readPrint((await params).key))),
)

/** The printer hears of it within a second; a print that has ended stays as it is. */
export const DELETE = answering<Context>(async (_request, { params }) => {
  const { key } = await readPrint((await params).key)
  await cancelPrint(ledger(), key)

  return Response.json(toWirePrint(await readPrint(key)))
})
