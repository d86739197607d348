import { readJson } from '../../../../../server/body.ts'
import { commandStudy } from '../../../../../server/command-study.ts'
import { readProgress, readStudy } from '../../../../../server/read-study.ts'
import { retryBody } from '../../../../../server/requests.ts'
import { answering } from '../../../../../server/respond.ts'

export const dynamic = 'force-dynamic'

type Context = { params: Promise<{ id: string }> }

export const POST = answering<Context>(async (request, { params }) => {
  const { id } = await params
  const { seqs, limits } = retryBody.parse(await readJson(request))
  await commandStudy(id, { do: 'retry', seqs, limits })

  return Response.json(await readProgress(await readStudy(id)))
})
