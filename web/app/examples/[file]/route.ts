import { TeststripError } from '#study'
import { exampleOf, readAtlas } from '../../../server/examples.ts'
import { answering } from '../../../server/respond.ts'

type Context = { params: Promise<{ file: string }> }

/** The pictures of a study that ships, in one. */
export const GET = answering<Context>(async (_, { params }) => {
  const { file } = await params
  const example = await exampleOf(file.replace(/\.webp$/, ''))
  if (!example?.atlas) throw new TeststripError('not_found', `There are no example pictures "${file}".`)

  return new Response((await readAtlas(example)) as Uint8Array<ArrayBuffer>, {
    headers: { 'content-type': 'image/webp', 'cache-control': 'public, max-age=3600' },
  })
})
