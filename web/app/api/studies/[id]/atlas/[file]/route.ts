import { atlas, atlasNamed } from '../../../../../../server/atlas.ts'
import { readStudy } from '../../../../../../server/read-study.ts'
import { answering } from '../../../../../../server/respond.ts'

export const dynamic = 'force-dynamic'

type Context = { params: Promise<{ id: string; file: string }> }

/** 1,024 cells as one picture, `<edge of a tile>-<block>.webp`; a question that knows the answer gets a 304. */
export const GET = answering<Context>(async (request, { params }) => {
  const { id, file } = await params
  const study = await readStudy(id)
  const { hash, picture } = await atlas(study.id, atlasNamed(file))
  const headers = { 'cache-control': 'no-cache', etag: `"${hash}"` }
  if (request.headers.get('if-none-match')?.includes(hash))
    return new Response(null, { status: 304, headers })

  return new Response((await picture()) as Uint8Array<ArrayBuffer>, {
    headers: { ...headers, 'content-type': 'image/webp' },
  })
})
