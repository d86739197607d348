import { deleteStudy, describeStudy, updateDraft } from '#prisma'
import { parseStudyFile } from '#study'
import { readJson, readText } from '../../../../server/body.ts'
import { editionOf } from '../../../../server/if-match.ts'
import { ledger } from '../../../../server/ledger.ts'
import { readProgress, readStudy } from '../../../../server/read-study.ts'
import { wordsBody } from '../../../../server/requests.ts'
import { answering } from '../../../../server/respond.ts'
import { toWireStudy } from '../../../../server/to-wire.ts'

export const dynamic = 'force-dynamic'

type Context = { params: Promise<{ id: string }> }

export const GET = answering<Context>(async (_request, { params }) => {
  const study = await readStudy((await params).id)

  return Response.json(toWireStudy(study, await readProgress(study)))
})

/** Replaces the file of a draft; the builder does so as one types. */
export const PUT = answering<Context>(async (request, { params }) => {
  const { id } = await readStudy((await params).id)
  const file = parseStudyFile(await readText(request))
  const study = await updateDraft(ledger(), id, file, { from: editionOf(request) })

  return Response.json(toWireStudy(study, await readProgress(study)))
})

/** Title, notes and tags, in any state; what is left out stays as it is. */
export const PATCH = answering<Context>(async (request, { params }) => {
  const { id } = await readStudy((await params).id)
  await describeStudy(ledger(), id, wordsBody.parse(await readJson(request)))
  const study = await readStudy(id)

  return Response.json(toWireStudy(study, await readProgress(study)))
})

export const DELETE = answering<Context>(async (_request, { params }) => {
  const { id } = await readStudy((await params).id)
  await deleteStudy(ledger(), id)

  return new Response(null, { status: 204 })
})
