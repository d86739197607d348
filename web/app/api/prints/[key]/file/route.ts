import { TeststripError } from '#study'
import { readPrint } from '../../../../../server/print-study.ts'
import { readStudy } from '../../../../../server/read-study.ts'
import { answering } from '../../../../../server/respond.ts'
import { sendPrint } from '../../../../../server/send-print.ts'

export const dynamic = 'force-dynamic'

type Context = { params: Promise<{ key: string }> }

export const GET = answering<Context>(async (request, { params }) => {
  const print = await readPrint((await params).key)
  if (print.status === 'queued' || print.status === 'printing')
    throw new TeststripError('conflict', 'This sheet is still being printed.')
  const study = await readStudy(print.studyId)

  return sendPrint(request, { print, study, download: new URL(request.url).searchParams.has('download') })
})
