import { commandStudy } from '../../../../../server/command-study.ts'
import { readProgress, readStudy } from '../../../../../server/read-study.ts'
import { answering } from '../../../../../server/respond.ts'

export const dynamic = 'force-dynamic'

type Context = { params: Promise<{ id: string }> }

export const POST = answering<Context>(async (_request, { params }) => {
  const { id } = await params
  await commandStudy(id, { do: 'cancel' })

  return Response.json(await readProgress(await readStudy(id)))
})
