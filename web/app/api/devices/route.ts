import { listDevices } from '#prisma'
import { ledger } from '../../../server/ledger.ts'
import { answering } from '../../../server/respond.ts'

export const dynamic = 'force-dynamic'

export const GET = answering(async () => Response.json({ devices: await listDevices(ledger()) }))
