import type { Ledger } from './ledger.ts'
import { assertStudyId } from './row.ts'

/** What was forecast when a study was last begun, and what became of it. */
export interface StudyForecast {
  /** Wall seconds of running. */
  seconds: number
  /** Renders it was reckoned for. */
  renders: number
  /** Seconds it was then running, pauses left out; null before it has finished. */
  took: number | null
  /** Share by which the forecast missed: 0.2 took a fifth longer; null before it has finished. */
  error: number | null
}

export interface Happening {
  kind: string
  at: Date
  details: Record<string, unknown>
}

const kinds = ['forecast', 'running', 'paused', 'cancelled', 'finished']

/** Forecast and outcome from what happened to a study, in order: the newest forecast, and the time of running since. */
export function outcomeOf(happenings: readonly Happening[]): StudyForecast | null {
  const from = happenings.findLastIndex(({ kind }) => kind === 'forecast')
  if (from < 0) return null

  const { seconds, renders } = happenings[from]!.details as { seconds: number; renders: number }
  let took = 0
  let since: Date | null = happenings[from]!.at
  for (const { kind, at } of happenings.slice(from + 1)) {
    if (kind === 'running') since ??= at
    else if (since) {
      took += (at.getTime() - since.getTime()) / 1_000
      since = null
    }
  }
  const isOver = happenings.at(-1)!.kind === 'finished'

  return { seconds, renders, took: isOver ? took : null, error: isOver ? took / seconds - 1 : null }
}

export const studyForecast = async (ledger: Ledger, id: string): Promise<StudyForecast | null> => {
  assertStudyId(id)
  const { rows } = await ledger.pool.query<Happening>(
    `select kind, at, details from "Event" where "studyId" = $1 and kind = any($2) order by id`,
    [id, kinds],
  )

  return outcomeOf(rows)
}

/** How well forecasts hit lately: the median of what the last 20 finished studies missed by, and how many there were. */
export const forecastErrors = async (ledger: Ledger): Promise<{ share: number | null; studies: number }> => {
  const { rows } = await ledger.pool.query<{ happenings: (Omit<Happening, 'at'> & { at: string })[] }>(
    `select (
       select json_agg(json_build_object('kind', kind, 'at', at, 'details', details) order by id) from "Event" e
       where e."studyId" = s.id and kind = any($1)
     ) as happenings
     from "Study" s
     where s.status = 'finished' and exists (select from "Event" e where e."studyId" = s.id and e.kind = 'forecast')
     order by s."finishedAt" desc limit 20`,
    [kinds],
  )
  const missed = rows
    .flatMap(({ happenings }) => {
      const error = outcomeOf(happenings.map(({ at, ...rest }) => ({ ...rest, at: new Date(at) })))?.error

      return error == null ? [] : [Math.abs(error)]
    })
    .sort((a, b) => a - b)

  return { share: missed[Math.floor(missed.length / 2)] ?? null, studies: missed.length }
}
