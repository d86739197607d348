import { TeststripError } from '#study'
import { blobs } from '../../../server/blobs.ts'
import { immutable } from '../../../server/immutable.ts'
import { pictureType } from '../../../server/picture-type.ts'
import { answering } from '../../../server/respond.ts'
import { shaOf } from '../../../server/sha.ts'

export const dynamic = 'force-dynamic'

type Context = { params: Promise<{ sha: string }> }

export const GET = answering<Context>(async (request, { params }) => {
  const sha = shaOf((await params).sha)
  const { headers, unchanged } = immutable(request, sha)
  if (unchanged) return new Response(null, { status: 304, headers })

  const bytes = await blobs().get(sha)
  if (!bytes) throw new TeststripError('not_found', `There is no picture ${sha}.`)
  const type = pictureType(bytes)

  return new Response(bytes as Uint8Array<ArrayBuffer>, {
    headers: {
      ...headers,
      'content-type': type ?? 'application/octet-stream',
      'content-length': String(bytes.byteLength),
      ...(type ? {} : { 'content-disposition': 'attachment' }),
    },
  })
})
