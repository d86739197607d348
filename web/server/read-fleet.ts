import { type Device, fleetWork, forecastErrors, getStudy, listDevices, listPacks } from '#prisma'
import { completeRecipe, forecastSeconds, type PackInfo, type Speed, type StudyFile } from '#study'
import type { Fleet } from '../wire/fleet.ts'
import { ledger } from './ledger.ts'

const silentAfter = 30
/** Those of a worker that left for good; their history stays in the ledger. */
const forgottenAfter = 7 * 86_400

interface Waiting {
  pack: PackInfo
  file: StudyFile
  left: number
}

/** Everybody who renders: what they are at, what waits for them, and how long that will take. */
export async function readFleet(): Promise<Fleet> {
  const [devices, packs, work, forecasts] = await Promise.all([
    listDevices(ledger(), { seenWithinSeconds: forgottenAfter }),
    listPacks(ledger()),
    fleetWork(ledger()),
    forecastErrors(ledger()),
  ])
  const waiting = await Promise.all(
    work.queue.map(async ({ studyId, pack: name, left }): Promise<Waiting | null> => {
      const study = await getStudy(ledger(), studyId)
      const pack = packs.find((pack) => pack.name === name)

      return study && pack ? { pack, file: study.file, left } : null
    }),
  )
  const queue = waiting.filter((one) => one !== null)
  const now = Date.now()
  const silence = (device: Device): number => (now - device.lastSeen.getTime()) / 1_000
  const atWork = devices.filter((device) => device.aside === null && silence(device) < silentAfter)

  return {
    forecasts,
    devices: devices.sort(byName).map((device) => {
      const mine = queue.filter(({ pack }) => device.aside === null && device.packs.includes(pack.name))

      return {
        id: device.id,
        host: device.host,
        kind: device.kind,
        memory: device.memory,
        memoryLimit: device.memoryLimit,
        batch: device.batch,
        batchLimit: device.batchLimit,
        packs: device.packs,
        secondsPerStep: device.speed?.secondsPerStep ?? null,
        silentSeconds: silence(device),
        aside: device.aside,
        now: work.rendering.filter((render) => render.device === device.id),
        failed: work.failed.filter((render) => render.device === device.id),
        queue: mine.reduce((sum, { left }) => sum + left, 0),
        secondsLeft: total(mine.map((one) => secondsFor(one, atWork))),
      }
    }),
  }
}

/** The ledger's order follows their heartbeats, and would have the cards dance. */
const byName = (a: Device, b: Device): number => (a.id < b.id ? -1 : 1)

/** Until all devices with the pack have made what waits of one study; null where none has a speed yet. */
function secondsFor({ pack, file, left }: Waiting, devices: readonly Device[]): number | null {
  const usual = completeRecipe(file.recipe, pack)
  const perSecond = (speed: Speed | null): number => (speed ? 1 / forecastSeconds(usual, pack, speed) : 0)
  const rate = devices
    .filter(({ packs }) => packs.includes(pack.name))
    .reduce((sum, { speed }) => sum + perSecond(speed), 0)

  return rate > 0 ? left / rate : null
}

const total = (parts: readonly (number | null)[]): number | null =>
  parts.some((part) => part === null) ? null : parts.reduce<number>((sum, part) => sum + part!, 0)
