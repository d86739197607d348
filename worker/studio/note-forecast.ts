import { type Ledger, listDevices, measuredSpeeds, recordEvent, studyRendersLeft } from '#prisma'
import { cellAt, forecastSeconds, type Plan, type Speeds, speedAt } from '#study'

/** Recipes of a study differ in a few values: this many of them, spread evenly, stand for all. */
const sampled = 200
const silentSeconds = 30

/**
 * Notes how long a study should take from here on the fleet as it is, for the time left before anything is measured and
 * for judging forecasts once it has finished. Nothing is noted where nothing is left, or no speed is known.
 */
export async function noteForecast(
  ledger: Ledger,
  { studyId, plan }: { studyId: string; plan: Plan },
): Promise<void> {
  const [renders, devices, speeds] = await Promise.all([
    studyRendersLeft(ledger, studyId),
    listDevices(ledger, { seenWithinSeconds: silentSeconds }),
    measuredSpeeds(ledger, plan.pack.hash),
  ])
  const each = secondsEach(plan, speeds)
  if (renders === 0 || each === null) return

  const atWork = devices.filter(({ aside, packs }) => aside === null && packs.includes(plan.pack.name))
  const seconds = (renders * each) / Math.max(1, Math.min(atWork.length, renders))
  await recordEvent(ledger, {
    studyId,
    kind: 'forecast',
    actor: 'motor',
    details: { seconds, renders, devices: atWork.length },
  })
}

/** Mean seconds of one render of the study; null without a measurement. */
function secondsEach(plan: Plan, speeds: Speeds): number | null {
  const stride = Math.max(1, Math.floor(plan.size / sampled))
  let sum = 0
  let count = 0
  for (let seq = 0; seq < plan.size; seq += stride) {
    const { recipe, excluded } = cellAt(plan, seq)
    const speed = speedAt(recipe, speeds)
    if (excluded || !speed) continue
    sum += forecastSeconds(recipe, plan.pack, speed)
    count++
  }

  return count === 0 ? null : sum / count
}
