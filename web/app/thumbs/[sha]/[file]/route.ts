import { immutable } from '../../../../server/immutable.ts'
import { answering } from '../../../../server/respond.ts'
import { shaOf } from '../../../../server/sha.ts'
import { thumbnail, widthOf } from '../../../../server/thumbnail.ts'

export const dynamic = 'force-dynamic'

type Context = { params: Promise<{ sha: string; file: string }> }

export const GET = answering<Context>(async (request, { params }) => {
  const { sha: name, file } = await params
  const sha = shaOf(name)
  const width = widthOf(file)
  const { headers, unchanged } = immutable(request, `${sha}-${width}`)
  if (unchanged) return new Response(null, { status: 304, headers })

  const webp = await thumbnail(sha, width)

  return new Response(webp as Uint8Array<ArrayBuffer>, {
    headers: { ...headers, 'content-type': 'image/webp' },
  })
})
