import { commandStudy } from '../../../../../server/command-study.ts'
import { commanding } from '../../../../../server/commanding.ts'
import { retryBody } from '../../../../../server/requests.ts'

export const dynamic = 'force-dynamic'

export const POST = commanding(retryBody, (id, body) => commandStudy(id, { do: 'retry', ...body }))
