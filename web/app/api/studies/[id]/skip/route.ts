import { readJson } from '../../../../../server/body.ts'
import { readProgress, readStudy } from '../../../../../server/read-study.ts'
import { skipBody } from '../../../../../server/requests.ts'
import { answering } from '../../../../../server/respond.ts'
import { skip } from '../../../../../server/steer-study.ts'

export const dynamic = 'force-dynamic'

type Context = { params: Promise<{ id: string }> }

export const POST = answering<Context>(async (request, { params }) => {
  const { id } = await params
  await skip(id, skipBody.parse(await readJson(request)))

  return Response.json(await readProgress(await readStudy(id)))
})
