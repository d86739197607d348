import { commandStudy } from '../../../../../server/command-study.ts'
import { commanding } from '../../../../../server/commanding.ts'
import { pauseBody } from '../../../../../server/requests.ts'

export const dynamic = 'force-dynamic'

export const POST = commanding(pauseBody, (id, { mode }) => commandStudy(id, { do: 'pause', mode }))
