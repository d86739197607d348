import { readJson } from '../../../../../server/body.ts'
import { readProgress, readStudy } from '../../../../../server/read-study.ts'
import { priorityBody } from '../../../../../server/requests.ts'
import { answering } from '../../../../../server/respond.ts'
import { setPriority } from '../../../../../server/steer-study.ts'

export const dynamic = 'force-dynamic'

type Context = { params: Promise<{ id: string }> }

export const POST = answering<Context>(async (request, { params }) => {
  const { id } = await params
  await setPriority(id, priorityBody.parse(await readJson(request)).priority)

  return Response.json(await readProgress(await readStudy(id)))
})
