import { takeBackLink } from '../../../../../../server/links.ts'
import { answering } from '../../../../../../server/respond.ts'

export const dynamic = 'force-dynamic'

type Context = { params: Promise<{ id: string; link: string }> }

/** From now on the link shows nothing. */
export const DELETE = answering<Context>(async (_request, { params }) => {
  const { id, link } = await params
  await takeBackLink(id, link)

  return new Response(null, { status: 204 })
})
