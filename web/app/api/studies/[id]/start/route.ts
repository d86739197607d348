import { readProgress, readStudy } from '../../../../../server/read-study.ts'
import { answering } from '../../../../../server/respond.ts'
import { startStudy } from '../../../../../server/start-study.ts'

export const dynamic = 'force-dynamic'

type Context = { params: Promise<{ id: string }> }

export const POST = answering<Context>(async (_request, { params }) => {
  const { id } = await params
  await startStudy(id)

  return Response.json(await readProgress(await readStudy(id)))
})
