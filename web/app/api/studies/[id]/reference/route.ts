import { commanding } from '../../../../../server/commanding.ts'
import { referenceBody } from '../../../../../server/requests.ts'
import { measureFrom } from '../../../../../server/steer-study.ts'

export const dynamic = 'force-dynamic'

export const POST = commanding(referenceBody, measureFrom)
