import type { Speed, Speeds } from '#study'
import type { Ledger } from './ledger.ts'

/**
 * The cost model as measured: for every picture size medians over its last 200 finished renders of a pack, the size
 * with the most of them first. `error` is by how much forecasts made from the renders before usually missed (median);
 * where there were none, how far renders usually were from the median of their seconds per step.
 */
export const measuredSpeeds = async (ledger: Ledger, packHash: string): Promise<Speeds> => {
  const { rows } = await ledger.pool.query<{ size: string } & { [K in keyof Speed]: number | null }>(
    `with lately as (
       select width || '×' || height as size, seconds,
              (timings ->> 'secondsPerStep')::float8 as step, (timings ->> 'secondsFixed')::float8 as fixed,
              nullif((timings ->> 'perCutSeconds')::float8, 0) as cut, (timings ->> 'forecast')::float8 as forecast,
              row_number() over (partition by width, height order by "finishedAt" desc) as place
       from "Render" where status = 'done' and "packHash" = $1 and timings ? 'secondsPerStep'
     ), middle as (
       select size, percentile_cont(0.5) within group (order by step) as step,
              percentile_cont(0.5) within group (order by fixed) as fixed,
              percentile_cont(0.5) within group (order by cut) as cut,
              percentile_cont(0.5) within group (order by abs(forecast / nullif(seconds, 0) - 1)) as missed,
              count(*)::int as samples
       from lately where place <= 200 group by size
     )
     select size, step as "secondsPerStep", fixed as "secondsFixed", cut as "perCutSeconds", samples,
            coalesce(missed, (
              select percentile_cont(0.5) within group (order by abs(lately.step - middle.step)) from lately
              where lately.size = middle.size and place <= 200
            ) / nullif(step, 0)) as error
     from middle where step is not null order by samples desc, size`,
    [packHash],
  )

  return new Map(
    rows.map(({ size, secondsPerStep, secondsFixed, perCutSeconds, samples, error }) => [
      size,
      {
        secondsPerStep: secondsPerStep!,
        secondsFixed: secondsFixed ?? 0,
        perCutSeconds: perCutSeconds ?? 0,
        samples: samples ?? 0,
        error: error ?? 0,
      },
    ]),
  )
}
