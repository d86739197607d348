import { commanding, noBody } from '../../../../../server/commanding.ts'
import { startStudy } from '../../../../../server/start-study.ts'

export const dynamic = 'force-dynamic'

export const POST = commanding(noBody, startStudy)
