import { type FormatName, postingSize } from '#charts'
import type { Study } from '#prisma'
import { makePlan, type View } from '#study'
import { readLink } from './links.ts'
import { askForPrint, awaitPrint } from './print-study.ts'
import { readPack, readStudy } from './read-study.ts'
import { sendPrint } from './send-print.ts'

/** Somebody looks at a page: longer than this nobody waits for a picture. */
const patienceMs = 55_000

const sizeOf = async (study: Study, view?: View) => {
  const { plan } = makePlan(study.file, await readPack(study.file.pack))

  return plan ? postingSize(plan, view) : 'square'
}

/** A file of what a link shows, printed when it is first asked for. */
export async function sharedPrint(
  request: Request,
  token: string,
  { format, posting }: { format: FormatName; posting?: boolean },
): Promise<Response> {
  const { sheet, view, options } = await readLink(token)
  const study = await readStudy(sheet.studyId)
  const wish = posting
    ? { theme: options.theme, title: options.title, size: await sizeOf(study, view) }
    : options
  const asked = await askForPrint(study, { view, options: wish, format })
  const print = await awaitPrint(asked, { ms: patienceMs, signal: request.signal })
  if (print.status === 'queued' || print.status === 'printing')
    return new Response('This sheet is still being printed; look again in a minute.', {
      status: 503,
      headers: { 'retry-after': '60' },
    })

  return sendPrint(request, { print, study, download: false })
}
