import { askPackCheck } from '#prisma'
import { ledger } from '../../../../../server/ledger.ts'
import { readPacks } from '../../../../../server/read-packs.ts'
import { answering } from '../../../../../server/respond.ts'

export const dynamic = 'force-dynamic'

type Context = { params: Promise<{ name: string }> }

/** Has a worker that holds the pack hash its files again; `/api/packs` tells how far it is. */
export const POST = answering<Context>(async (_request, { params }) => {
  const { name } = await params
  await askPackCheck(ledger(), name)

  return Response.json({ packs: await readPacks() }, { status: 202 })
})
