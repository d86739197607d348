import { openApi } from '../../../server/openapi.ts'
import { answering } from '../../../server/respond.ts'

export const dynamic = 'force-dynamic'

export const GET = answering(async () => Response.json(openApi()))
