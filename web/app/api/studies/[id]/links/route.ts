import { readJson } from '../../../../../server/body.ts'
import { addLink, listLinks, shareBase } from '../../../../../server/links.ts'
import { readStudy } from '../../../../../server/read-study.ts'
import { linkBody } from '../../../../../server/requests.ts'
import { answering } from '../../../../../server/respond.ts'

export const dynamic = 'force-dynamic'

type Context = { params: Promise<{ id: string }> }

export const GET = answering<Context>(async (request, { params }) => {
  const { id } = await readStudy((await params).id)

  return Response.json({ links: await listLinks(id, shareBase(request)) })
})

export const POST = answering<Context>(async (request, { params }) => {
  const study = await readStudy((await params).id)
  const link = await addLink(study, linkBody.parse(await readJson(request)), shareBase(request))

  return Response.json(link, { status: 201 })
})
