import { readDocument } from '#study'
import { readText } from '../../../../../server/body.ts'
import { extendStudy } from '../../../../../server/extend-study.ts'
import { editionOf } from '../../../../../server/if-match.ts'
import { readProgress, readStudy } from '../../../../../server/read-study.ts'
import { answering } from '../../../../../server/respond.ts'

export const dynamic = 'force-dynamic'

type Context = { params: Promise<{ id: string }> }

export const POST = answering<Context>(async (request, { params }) => {
  const { id } = await params
  const from = editionOf(request)
  await extendStudy(id, readDocument(await readText(request), 'The change'), from)

  return Response.json(await readProgress(await readStudy(id)))
})
