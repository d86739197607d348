import { readJson } from '../../../../../server/body.ts'
import { askForPrint, toWirePrint } from '../../../../../server/print-study.ts'
import { readStudy } from '../../../../../server/read-study.ts'
import { printBody } from '../../../../../server/requests.ts'
import { answering } from '../../../../../server/respond.ts'
import { optionsOf, viewOf } from '../../../../../wire/sheet-query.ts'

export const dynamic = 'force-dynamic'

type Context = { params: Promise<{ id: string }> }

/** Has a sheet printed and says at once where to look how far it is. */
export const POST = answering<Context>(async (request, { params }) => {
  const study = await readStudy((await params).id)
  const { query, ...wish } = printBody.parse(await readJson(request))
  const print = await askForPrint(study, { ...wish, view: viewOf(query), options: optionsOf(query) })

  return Response.json(toWirePrint(print), { status: print.status === 'done' ? 200 : 202 })
})
