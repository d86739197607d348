import { listDevices, listPacks } from '#prisma'
import type { Health } from './health-schema.ts'
import { ledger } from './ledger.ts'
import { motor } from './motor.ts'

type Part = Health['parts'][string]

const patienceMs = 4_000
/** Workers beat every few seconds; one that missed several is called silent. */
const silentAfterMs = 30_000

/** Asks every part at once, each with little patience, so that the answer is quick even when something hangs. */
export async function health(now: Date): Promise<Health> {
  const [database, temporal, worker, packs] = await Promise.all([
    part(async () => {
      await ledger().pool.query('select 1')
      return { ok: true, says: 'Postgres answers' }
    }),
    part(async () => {
      const ok = await (await motor()).healthy()
      return { ok, says: ok ? 'Temporal answers' : 'no answer from Temporal' }
    }),
    part(async () => {
      const devices = await listDevices(ledger())
      const awake = devices.filter((device) => now.getTime() - device.lastSeen.getTime() < silentAfterMs)
      if (awake.length > 0) return { ok: true, says: awake.map((device) => device.kind).join(', ') }
      return { ok: false, says: devices.length > 0 ? 'every device is silent' : 'no device has joined yet' }
    }),
    part(async () => {
      const packs = await listPacks(ledger())
      return { ok: packs.length > 0, says: packs.map((pack) => pack.name).join(', ') || 'none found' }
    }),
  ])
  const parts = { database, temporal, worker, packs, web: { ok: true, says: 'answers' } }

  return { ok: Object.values(parts).every((each) => each.ok), parts }
}

async function part(ask: () => Promise<Part>): Promise<Part> {
  const late = new Promise<Part>((resolve) => {
    setTimeout(
      () => resolve({ ok: false, says: `no answer within ${patienceMs / 1000} s` }),
      patienceMs,
    ).unref()
  })

  return Promise.race([ask(), late]).catch((error: unknown) => ({ ok: false, says: firstSentence(error) }))
}

const firstSentence = (error: unknown): string => {
  const message = error instanceof Error ? error.message || error.name : String(error)

  return message.split(/(?<=[.;])\s/)[0]!.slice(0, 160)
}
