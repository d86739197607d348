import type { Ledger } from './ledger.ts'
import type { CellStatus } from './life.ts'
import { assertStudyId, noSuchStudy } from './row.ts'
import { shownPicture } from './shown-picture.ts'
import type { StudyCounts } from './types.ts'

/** Statuses by the digit they have in `statusLine` and the number they have in a column record; 0 is a cell not queued yet. */
const numbers: Record<CellStatus, number> = { excluded: 1, queued: 2, rendering: 3, done: 4, failed: 5 }
const statusNumber = `case c.status ${Object.entries(numbers)
  .map(([status, number]) => `when '${status}' then ${number}`)
  .join(' ')} end`

/**
 * The status of every cell as one digit each, by place: 0 not queued yet, 1 excluded, 2 queued, 3 rendering, 4 done,
 * 5 failed. What a whole study of 100,000 cells looks like in 100 kB; and how many there are of each.
 */
export const statusLine = async (
  ledger: Ledger,
  id: string,
  size: number,
): Promise<{ version: string; line: string; counts: StudyCounts }> => {
  assertStudyId(id)
  // The places of each status, to be put in order here: Postgres takes three times as long over it.
  const { rows } = await ledger.pool.query<{ version: string; status: CellStatus | null; seqs: Buffer }>(
    `select s.version, cells.status, cells.seqs from "Study" s left join lateral (
       select status, string_agg(int4send(seq), ''::bytea) as seqs from "Cell"
       where "studyId" = s.id and seq < $2 group by status
     ) cells on true where s.id = $1`,
    [id, size],
  )
  if (!rows[0]) throw noSuchStudy(id)
  const line = Buffer.alloc(size, '0')
  const counts: StudyCounts = { cells: 0, excluded: 0, queued: 0, rendering: 0, done: 0, failed: 0 }
  for (const { status, seqs } of rows) {
    if (!status) continue
    counts[status] = seqs.length / 4
    counts.cells += counts[status]
    for (let at = 0; at < seqs.length; at += 4) line[seqs.readInt32BE(at)] = 48 + numbers[status]
  }

  return { version: rows[0].version, line: line.toString('latin1'), counts }
}

/** Cells packed for a screen that shows very many. */
export interface CellColumns {
  /** The study's version at the moment of reading. */
  version: string
  /**
   * One record of 42 bytes per cell, big-endian: int32 seq · int16 status (3 bits, as in `statusLine`), mark (2: star 1,
   * reject 2), rating (3), reused (1), has a note (1) · int16 width · int16 height · 32 bytes SHA-256 of the picture.
   */
  records: Uint8Array
}

/** The cells from place `from` up to but without `to`. One statement, so one moment. */
export const readCellColumns = async (
  ledger: Ledger,
  id: string,
  range: { from: number; to: number },
): Promise<CellColumns> => {
  assertStudyId(id)
  const { rows } = await ledger.pool.query<{ version: string; records: Buffer | null }>(
    `select s.version, (
       select string_agg(record, ''::bytea) from (
         select int4send(c.seq) || int2send((${statusNumber}
             + case m.mark when 'star' then 8 when 'reject' then 16 else 0 end
             + coalesce(m.rating, 0) * 32
             + c.reused::int * 256 + (m.note is not null)::int * 512)::smallint)
           || int2send(coalesce(shown.width, 0)::smallint) || int2send(coalesce(shown.height, 0)::smallint)
           || coalesce(decode(shown.image, 'hex'), $4::bytea) as record
         from "Cell" c
         left join "Render" r on r.key = c."renderKey" and c.status = 'done'
         ${shownPicture}
         left join "Mark" m on m."studyId" = c."studyId" and m."renderKey" = c."renderKey" and m.partial = coalesce(c.partial, 0)
         where c."studyId" = s.id and c.seq >= $2 and c.seq < $3 order by c.seq
       ) cells
     ) as records from "Study" s where s.id = $1`,
    [id, range.from, range.to, Buffer.alloc(32)],
  )
  const found = rows[0]
  if (!found) throw noSuchStudy(id)

  return { version: found.version, records: new Uint8Array(found.records ?? []) }
}

/** One measure of every cell, as big-endian float32 by place; NaN where it is not known. */
export const readMeasure = async (ledger: Ledger, id: string, name: string): Promise<Uint8Array> => {
  assertStudyId(id)
  const { rows } = await ledger.pool.query<{ column: Buffer | null }>(
    `select string_agg(float4send(coalesce(
       case when $2 = 'lpips' then d.lpips::real else (r.metrics ->> $2)::real end, 'NaN'::real
     )), ''::bytea order by place.seq) as column
     from generate_series(0, (select max(seq) from "Cell" where "studyId" = $1)) as place (seq)
     left join "Cell" c on c."studyId" = $1 and c.seq = place.seq and c.status = 'done' and c.partial is null
     left join "Render" r on r.key = c."renderKey"
     left join "Distance" d on d."studyId" = c."studyId" and d."renderKey" = c."renderKey"`,
    [id, name],
  )

  return new Uint8Array(rows[0]?.column ?? [])
}
