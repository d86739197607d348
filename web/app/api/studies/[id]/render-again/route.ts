import { renderAgain } from '#prisma'
import { readJson } from '../../../../../server/body.ts'
import { ledger } from '../../../../../server/ledger.ts'
import { readProgress, readStudy } from '../../../../../server/read-study.ts'
import { renderAgainBody } from '../../../../../server/requests.ts'
import { answering } from '../../../../../server/respond.ts'
import { restartStudy } from '../../../../../server/start-study.ts'

export const dynamic = 'force-dynamic'

type Context = { params: Promise<{ id: string }> }

export const POST = answering<Context>(async (request, { params }) => {
  const study = await readStudy((await params).id)
  const { seqs } = renderAgainBody.parse(await readJson(request))
  const count = await renderAgain(ledger(), study.id, seqs)
  // A paused or cancelled study keeps them for later.
  if (count > 0 && (study.status === 'running' || study.status === 'finished')) await restartStudy(study)

  return Response.json(await readProgress(await readStudy(study.id)))
})
