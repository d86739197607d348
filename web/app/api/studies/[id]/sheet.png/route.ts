import { printStudy } from '../../../../../server/print-study.ts'
import { sheetQuery } from '../../../../../server/requests.ts'
import { answering } from '../../../../../server/respond.ts'
import { readView } from '../../../../../wire/read-view.ts'

export const dynamic = 'force-dynamic'

type Context = { params: Promise<{ id: string }> }

export const GET = answering<Context>(async (request, { params }) => {
  const { id } = await params
  const query = sheetQuery.parse(Object.fromEntries(new URL(request.url).searchParams))
  const { title, png } = await printStudy({
    id,
    view: readView(query),
    theme: query.theme,
    cell: query.size,
    signal: request.signal,
  })
  const name = `${title.replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '') || 'sheet'}.png`

  return new Response(png as Uint8Array<ArrayBuffer>, {
    headers: {
      'content-type': 'image/png',
      'cache-control': 'no-store',
      'content-disposition': `${query.download === undefined ? 'inline' : 'attachment'}; filename*=UTF-8''${encodeURIComponent(name)}`,
    },
  })
})
