import { commanding } from '../../../../../server/commanding.ts'
import { lanesBody } from '../../../../../server/requests.ts'
import { setLanes } from '../../../../../server/steer-study.ts'

export const dynamic = 'force-dynamic'

export const POST = commanding(lanesBody, (id, { lanes }) => setLanes(id, lanes))
