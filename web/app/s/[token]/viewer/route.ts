import { TeststripError } from '#study'
import { readLink } from '../../../../server/links.ts'
import { answering } from '../../../../server/respond.ts'
import { sharedPrint } from '../../../../server/shared-print.ts'

export const dynamic = 'force-dynamic'

type Context = { params: Promise<{ token: string }> }

/** Every picture of a shared study in the page that studies are exported as; proxy.ts keeps it in a sandbox. */
export const GET = answering<Context>(async (request, { params }) => {
  const { token } = await params
  const { sheet } = await readLink(token)
  if (!sheet.whole) throw new TeststripError('not_found', 'This link shows the sheet alone.')
  const response = await sharedPrint(request, token, { format: 'html' })
  response.headers.set('content-disposition', 'inline')

  return response
})
