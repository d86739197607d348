import { readJson } from '../../../../../server/body.ts'
import { readProgress, readStudy } from '../../../../../server/read-study.ts'
import { lanesBody } from '../../../../../server/requests.ts'
import { answering } from '../../../../../server/respond.ts'
import { setLanes } from '../../../../../server/steer-study.ts'

export const dynamic = 'force-dynamic'

type Context = { params: Promise<{ id: string }> }

export const POST = answering<Context>(async (request, { params }) => {
  const { id } = await params
  await setLanes(id, lanesBody.parse(await readJson(request)).lanes)

  return Response.json(await readProgress(await readStudy(id)))
})
