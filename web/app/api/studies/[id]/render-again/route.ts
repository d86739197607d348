import { commanding } from '../../../../../server/commanding.ts'
import { renderAgainBody } from '../../../../../server/requests.ts'
import { makeAgain } from '../../../../../server/steer-study.ts'

export const dynamic = 'force-dynamic'

export const POST = commanding(renderAgainBody, makeAgain)
