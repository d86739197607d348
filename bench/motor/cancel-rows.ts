import { setTimeout as sleep } from 'node:timers/promises'
import { createStudy, getStudy, type Ledger } from '#prisma'
import { connectMotor } from '#workflows'
import { root } from '../../scripts/stack/settings.ts'
import { measured, type Row } from '../report.ts'
import { percentile } from './percentile.ts'
import { startRealWorker } from './real-worker.ts'
import type { Servers } from './servers.ts'

const times = 10

/** Real renders with the starter pack, cancelled half-way: seconds until the device is free and their checkpoint is saved. */
export async function cancelRows(servers: Servers): Promise<Row[]> {
  const { ledger, temporal } = servers
  const worker = startRealWorker(servers, root)
  const motor = await connectMotor(temporal)
  try {
    const { id } = await createStudy(ledger, {
      file: {
        ...{ teststrip: 1, title: 'Cancelled again and again', pack: 'starter' },
        recipe: { text_prompts: { '0': ['a red and white lighthouse by the sea'] }, steps: 2000 },
        axes: ['seed seeds 2 from 1'],
      },
    })
    const seconds: number[] = []
    let saved = 0
    for (let turn = 0; turn < times; turn++) {
      await motor.start(id)
      const before = await renderingPast(ledger, id, 3)
      const begun = performance.now()
      await motor.cancel(id)
      const after = await atRest(ledger, id)
      seconds.push((performance.now() - begun) / 1000)
      if (after.step > before.step && after.checkpoint !== null) saved++
    }
    const most = Math.max(...seconds)

    return [
      measured('cancel until at rest, median', percentile(seconds, 0.5), 's'),
      measured(`cancel until at rest, longest of ${times}`, most, 's', { text: '< 3', ok: most < 3 }),
      measured('of them with a newer checkpoint', saved, '', { text: `${times}`, ok: saved === times }),
    ]
  } finally {
    await worker.stop()
    await motor.close()
  }
}

interface Standing {
  step: number
  checkpoint: string | null
}

/** Waits until a render has come this many steps further than its newest checkpoint; tells where that one is. */
async function renderingPast(ledger: Ledger, study: string, steps: number): Promise<Standing> {
  for (;;) {
    const { rows } = await ledger.pool.query<Standing>(
      `select r.step, r.checkpoint from "Cell" c join "Render" r on r.key = c."renderKey" join "Preview" p on p."renderKey" = r.key
       where c."studyId" = $1 and r.status = 'rendering' and p.step >= r.step + $2`,
      [study, steps],
    )
    if (rows[0]) return rows[0]
    if ((await getStudy(ledger, study))?.status === 'paused')
      throw new Error('The motor holds the study; its events say why.')
    await sleep(20)
  }
}

/** Waits until nothing of the study renders; tells of the render that came furthest. */
async function atRest(ledger: Ledger, study: string): Promise<Standing> {
  for (;;) {
    const { rows } = await ledger.pool.query<Standing & { status: string }>(
      `select r.status::text, r.step, r.checkpoint from "Cell" c join "Render" r on r.key = c."renderKey"
       where c."studyId" = $1 order by r.step desc`,
      [study],
    )
    if (rows.every(({ status }) => status !== 'rendering')) return rows[0]!
    await sleep(10)
  }
}
