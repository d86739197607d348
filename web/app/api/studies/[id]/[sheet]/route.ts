import { formatOfFile } from '#charts'
import { TeststripError } from '#study'
import { askForPrint, awaitPrint, printPath, toWirePrint } from '../../../../../server/print-study.ts'
import { readStudy } from '../../../../../server/read-study.ts'
import { sheetFileQuery } from '../../../../../server/requests.ts'
import { answering } from '../../../../../server/respond.ts'
import { sendPrint } from '../../../../../server/send-print.ts'
import { optionsOf, viewOf } from '../../../../../wire/sheet-query.ts'

export const dynamic = 'force-dynamic'

type Context = { params: Promise<{ id: string; sheet: string }> }

/**
 * `/api/studies/<id>/sheet.png`, or any other ending that a format has. Small sheets are waited for; others are
 * answered with 202 and where to look for their progress.
 */
export const GET = answering<Context>(async (request, { params }) => {
  const { id, sheet } = await params
  const format = sheet.startsWith('sheet.') ? formatOfFile(sheet) : undefined
  if (!format)
    throw new TeststripError(
      'not_found',
      `A study has no ${sheet}; its sheet is sheet.png, sheet.pdf and so on.`,
    )

  const query = sheetFileQuery.parse(Object.fromEntries(new URL(request.url).searchParams))
  const study = await readStudy(id)
  const asked = await askForPrint(study, {
    view: viewOf(query),
    options: optionsOf(query),
    format: format.name,
    quality: query.quality,
    page: query.page,
  })
  const print = await awaitPrint(asked, { ms: query.wait * 1000, signal: request.signal })
  if (print.status === 'queued' || print.status === 'printing')
    return Response.json(toWirePrint(print), { status: 202, headers: { location: printPath(print.key) } })

  return sendPrint(request, { print, study, download: query.download !== undefined })
})
