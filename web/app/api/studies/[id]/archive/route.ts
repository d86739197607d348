import { commanding, noBody } from '../../../../../server/commanding.ts'
import { putAside } from '../../../../../server/steer-study.ts'

export const dynamic = 'force-dynamic'

export const POST = commanding(noBody, (id) => putAside(id, true))
