import { formatNamed, printRequestSchema } from '#charts'
import type { Print, Study } from '#prisma'
import { TeststripError } from '#study'
import { blobs } from './blobs.ts'

/** Formats that hold scripts or markup: never shown in our own name. */
const lively = new Set(['html', 'svg'])

/** The file of a print that is done; the reason in words for one that failed. */
export async function sendPrint(
  request: Request,
  { print, study, download }: { print: Print; study: Study; download: boolean },
): Promise<Response> {
  if (print.status === 'failed') throw new TeststripError('invalid_input', print.error ?? 'It failed.')
  if (print.status === 'cancelled')
    throw new TeststripError('conflict', 'Printing was cancelled; ask for the sheet again.')
  const { format, options, page } = printRequestSchema.parse(print.request)
  const { extensions, mediaType } = formatNamed(format)
  const headers = {
    etag: `"${print.blob}"`,
    // The address stays when the study goes on, so it is asked again each time; the bytes are sent once.
    'cache-control': 'private, no-cache',
    'content-type': mediaType,
    'content-disposition': disposition(
      download || lively.has(format),
      `${fileTitle(options.title ?? study.title)}${page ? `-${page + 1}` : ''}.${extensions[0]}`,
    ),
  }
  if ((request.headers.get('if-none-match') ?? '').includes(headers.etag))
    return new Response(null, { status: 304, headers })

  const stream = print.blob && (await blobs().stream(print.blob))
  if (!stream) throw new TeststripError('not_found', 'The printed file is gone; ask for the sheet again.')

  return new Response(stream, { headers: { ...headers, 'content-length': String(print.bytes) } })
}

const disposition = (attached: boolean, name: string): string =>
  `${attached ? 'attachment' : 'inline'}; filename*=UTF-8''${encodeURIComponent(name)}`

/** A title as the name of a file: letters and digits of any script, and nothing a file system would mind. */
const fileTitle = (title: string): string =>
  title
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 100) || 'sheet'
