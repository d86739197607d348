import { readPacks } from '../../../server/read-packs.ts'
import { answering } from '../../../server/respond.ts'

export const dynamic = 'force-dynamic'

export const GET = answering(async () => Response.json({ packs: await readPacks() }))
