import { commanding } from '../../../../../server/commanding.ts'
import { skipBody } from '../../../../../server/requests.ts'
import { unskip } from '../../../../../server/steer-study.ts'

export const dynamic = 'force-dynamic'

export const POST = commanding(skipBody, unskip)
