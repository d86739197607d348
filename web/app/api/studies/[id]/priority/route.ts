import { commanding } from '../../../../../server/commanding.ts'
import { priorityBody } from '../../../../../server/requests.ts'
import { setPriority } from '../../../../../server/steer-study.ts'

export const dynamic = 'force-dynamic'

export const POST = commanding(priorityBody, (id, { priority }) => setPriority(id, priority))
