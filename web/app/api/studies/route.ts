import { createStudy, listStudies } from '#prisma'
import { parseStudyFile } from '#study'
import { readText } from '../../../server/body.ts'
import { ledger } from '../../../server/ledger.ts'
import { libraryQuery, listQuery } from '../../../server/requests.ts'
import { answering } from '../../../server/respond.ts'
import { toWireSummary } from '../../../server/to-wire.ts'

export const dynamic = 'force-dynamic'

export const GET = answering(async (request) => {
  const query = listQuery.parse(Object.fromEntries(new URL(request.url).searchParams))
  const studies = await listStudies(ledger(), libraryQuery(query))

  return Response.json({ studies: studies.map(toWireSummary) })
})

export const POST = answering(async (request) => {
  const file = parseStudyFile(await readText(request))
  const { id, edition } = await createStudy(ledger(), { file, actor: 'person' })

  return Response.json({ id, edition }, { status: 201, headers: { location: `/api/studies/${id}` } })
})
