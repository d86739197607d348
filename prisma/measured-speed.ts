import type { Speed } from '#study'
import type { Ledger } from './ledger.ts'

/**
 * The cost model as measured: medians over the last 200 finished renders of a pack. `error` is the usual relative
 * distance of a render's seconds per step from that median (median absolute deviation). Null before the first.
 */
export const measuredSpeed = async (ledger: Ledger, packHash: string): Promise<Speed | null> => {
  const { rows } = await ledger.pool.query<{ [K in keyof Speed]: number | null }>(
    `with lately as (
       select (timings ->> 'secondsPerStep')::float8 as step, (timings ->> 'secondsFixed')::float8 as fixed,
              (timings ->> 'perCutSeconds')::float8 as cut
       from "Render" where status = 'done' and "packHash" = $1 and timings ? 'secondsPerStep'
       order by "finishedAt" desc limit 200
     ), middle as (
       select percentile_cont(0.5) within group (order by step) as step,
              percentile_cont(0.5) within group (order by fixed) as fixed,
              percentile_cont(0.5) within group (order by cut) as cut, count(*)::int as samples
       from lately
     )
     select middle.step as "secondsPerStep", middle.fixed as "secondsFixed", middle.cut as "perCutSeconds", middle.samples,
            (select percentile_cont(0.5) within group (order by abs(lately.step - middle.step)) from lately)
              / nullif(middle.step, 0) as error
     from middle`,
    [packHash],
  )
  const found = rows[0]
  if (!found?.samples || found.secondsPerStep === null) return null

  return {
    secondsPerStep: found.secondsPerStep,
    secondsFixed: found.secondsFixed ?? 0,
    perCutSeconds: found.perCutSeconds ?? 0,
    samples: found.samples,
    error: found.error ?? 0,
  }
}
