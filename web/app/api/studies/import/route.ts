import { importUploaded } from '../../../../server/import-study.ts'
import { importQuery } from '../../../../server/requests.ts'
import { answering } from '../../../../server/respond.ts'

export const dynamic = 'force-dynamic'

/** Takes in a study that was exported whole; the body is the ZIP. */
export const POST = answering(async (request) => {
  const { copy } = importQuery.parse(Object.fromEntries(new URL(request.url).searchParams))

  return Response.json(await importUploaded(request, { copy }), { status: 201 })
})
