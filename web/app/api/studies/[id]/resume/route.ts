import { commandStudy } from '../../../../../server/command-study.ts'
import { commanding, noBody } from '../../../../../server/commanding.ts'

export const dynamic = 'force-dynamic'

export const POST = commanding(noBody, (id) => commandStudy(id, { do: 'resume' }))
