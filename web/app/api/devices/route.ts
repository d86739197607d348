import { bringDeviceBack, limitDevices, setDeviceAside } from '#prisma'
import { TeststripError } from '#study'
import { readJson } from '../../../server/body.ts'
import { ledger } from '../../../server/ledger.ts'
import { readFleet } from '../../../server/read-fleet.ts'
import { deviceBody } from '../../../server/requests.ts'
import { answering } from '../../../server/respond.ts'

export const dynamic = 'force-dynamic'

export const GET = answering(async () => Response.json(await readFleet()))

/** Brings a device back or sets it aside, and limits what it may use. Its worker hears of it within seconds. */
export const PATCH = answering(async (request) => {
  const { id, aside, memoryLimit, batchLimit } = deviceBody.parse(await readJson(request))
  const known = await limitDevices(ledger(), { id }, { memory: memoryLimit, batch: batchLimit })
  if (known === 0) throw new TeststripError('not_found', `There is no device ${id}.`)
  if (aside === true) await setDeviceAside(ledger(), { id, reason: 'set aside by hand' })
  if (aside === false) await bringDeviceBack(ledger(), id)

  return Response.json(await readFleet())
})
