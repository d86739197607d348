import { answering } from '../../../../server/respond.ts'
import { sharedPrint } from '../../../../server/shared-print.ts'

export const dynamic = 'force-dynamic'

type Context = { params: Promise<{ token: string }> }

/** The shared sheet; `?card` in the shape in which links are unfolded. */
export const GET = answering<Context>(async (request, { params }) =>
  sharedPrint(request, (await params).token, {
    format: 'png',
    posting: new URL(request.url).searchParams.has('card'),
  }),
)
