import { parseStudyFile } from '#study'
import { readText } from '../../../server/body.ts'
import { preflightStudy } from '../../../server/preflight-study.ts'
import { answering } from '../../../server/respond.ts'

export const dynamic = 'force-dynamic'

export const POST = answering(async (request) => {
  const file = parseStudyFile(await readText(request))

  return Response.json(await preflightStudy(file, new Date()))
})
