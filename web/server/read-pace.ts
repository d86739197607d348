import { forecastErrors, type Study, studyForecast, studyRate, studyRendersLeft } from '#prisma'
import type { Progress } from '../wire/study.ts'
import { ledger } from './ledger.ts'
import { once } from './once.ts'

type Pace = Pick<Progress, 'perMinute' | 'secondsLeft' | 'errorShare' | 'forecast'>

const still: Pace = { perMinute: null, secondsLeft: null, errorShare: null, forecast: null }
const keptMs = 60_000

/**
 * How fast a running study is and how long it takes yet: measured once it has finished something, as forecast before.
 * With it comes by how much forecasts usually miss here, and what became of this study's own.
 */
export async function readPace({ id, status }: Study): Promise<Pace> {
  if (status === 'draft') return still
  const forecast = await studyForecast(ledger(), id)
  const own = forecast && { seconds: forecast.seconds, took: forecast.took, error: forecast.error }
  if (status !== 'running') return { ...still, forecast: own }

  const [rate, errorShare] = await Promise.all([studyRate(ledger(), id), usualError()])
  if (rate.perMinute !== null || !forecast) return { ...rate, errorShare, forecast: own }

  const left = await studyRendersLeft(ledger(), id)
  const secondsLeft = left === 0 ? null : (forecast.seconds * left) / forecast.renders

  return { perMinute: null, secondsLeft, errorShare, forecast: own }
}

/** Asked for with every frame of every study, and changes when one finishes. */
async function usualError(): Promise<number | null> {
  const kept = once('usual-error', () => ({ at: 0, share: null as number | null }))
  if (Date.now() - kept.at < keptMs) return kept.share

  kept.at = Date.now()
  kept.share = (await forecastErrors(ledger())).share

  return kept.share
}
