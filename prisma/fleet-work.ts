import { z } from 'zod'
import type { Ledger } from './ledger.ts'
import { parseRows } from './row.ts'

const renderingRow = z.object({
  device: z.string(),
  studyId: z.string(),
  title: z.string(),
  seq: z.number().int(),
  step: z.number().int().nullable(),
  of: z.number().int().nullable(),
  seconds: z.number(),
  webp: z.string().nullable(),
})
const failedRow = z.object({
  device: z.string(),
  studyId: z.string(),
  title: z.string(),
  seq: z.number().int(),
  error: z.string(),
  seconds: z.number(),
})
const queueRow = z.object({ studyId: z.string(), pack: z.string(), left: z.number().int() })

/** What devices are at: renders under way with their preview (base64 WebP), what failed on them within a day, and what waits. */
export interface FleetWork {
  rendering: z.infer<typeof renderingRow>[]
  /** `seconds` ago. */
  failed: z.infer<typeof failedRow>[]
  /** Renders queued in running studies. */
  queue: z.infer<typeof queueRow>[]
}

/** A cell that shows the render, which may have several. */
const oneCell = `join lateral (
  select c."studyId", c.seq, s.title from "Cell" c join "Study" s on s.id = c."studyId"
  where c."renderKey" = r.key and c.status <> 'excluded' order by s.status = 'running' desc, c.seq limit 1
) shown on true`

export const fleetWork = async (ledger: Ledger): Promise<FleetWork> => {
  const { pool } = ledger
  const [rendering, failed, queue] = await Promise.all([
    pool.query(
      `select r.device, shown.*, p.step, p.of, extract(epoch from now() - r."claimedAt")::float8 as seconds,
              translate(encode(p.webp, 'base64'), E'\\n', '') as webp
       from "Render" r ${oneCell} left join "Preview" p on p."renderKey" = r.key and p.claim = r.claim
       where r.status = 'rendering' and r.device is not null order by r."claimedAt"`,
    ),
    pool.query(
      `select r.device, shown.*, r.error, extract(epoch from now() - r."finishedAt")::float8 as seconds
       from "Device" d cross join lateral (
         select * from "Render" r where r.status = 'failed' and r.device = d.id
           and r."finishedAt" > now() - interval '1 day' order by r."finishedAt" desc limit 3
       ) r ${oneCell}`,
    ),
    pool.query(
      `select s.id as "studyId", s.file ->> 'pack' as pack, count(distinct c."renderKey")::int as left
       from "Study" s join "Cell" c on c."studyId" = s.id and c.status = 'queued' where s.status = 'running' group by s.id`,
    ),
  ])

  return {
    rendering: parseRows(renderingRow, rendering.rows),
    failed: parseRows(failedRow, failed.rows),
    queue: parseRows(queueRow, queue.rows),
  }
}
