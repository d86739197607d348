import { exportStudy } from '../../../../../server/export-study.ts'
import { readStudy } from '../../../../../server/read-study.ts'
import { answering } from '../../../../../server/respond.ts'

export const dynamic = 'force-dynamic'

type Context = { params: Promise<{ id: string }> }

/** The whole study as one ZIP, written to the end before its first byte is sent. */
export const GET = answering<Context>(async (_request, { params }) =>
  exportStudy(await readStudy((await params).id)),
)
