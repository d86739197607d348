import { cpSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import sharp from 'sharp'
import { createStudy, getStudy, packNamed, studyCounts } from '#prisma'
import { createLog, installRuntime, startWorker } from '#worker'
import { connectMotor, type Motor } from '#workflows'
import { measured, type Row } from '../report.ts'
import type { Servers } from './servers.ts'
import { sleepingRenderer } from './sleeping-renderer.ts'

const slots = 8
const log = createLog({ level: 'error' })
const tinyPack = join(import.meta.dirname, '..', '..', 'diffusion', 'testing', 'parity', 'packs', 'tiny-std')

/** A study of pictures that only take time, on eight slots: what it takes longer than that. */
export interface Run {
  cells: number
  /** That a picture takes. */
  seconds: number
}

/**
 * The share by which the motor makes a study longer than its renders are. `scaled` runs the whole 10,000 cells with
 * time ten times as fast; the cost of a cell stays what it is, so its share of a cell of 1 s is a tenth of what is
 * seen. `unscaled` runs fewer cells at their full length.
 */
export async function overheadRows(servers: Servers, runs: { scaled: Run; unscaled: Run }): Promise<Row[]> {
  const { scaled, unscaled } = runs
  installRuntime(log)
  const short = await runStudy(servers, scaled)
  const long = await runStudy(servers, unscaled)
  const perCell = (1000 * slots * (short - ideal(scaled))) / scaled.cells
  const whole = 100 * (long / ideal(unscaled) - 1)
  const share = (seconds: number): number => perCell / 10 / seconds

  return [
    measured(`${scaled.cells} cells of ${1000 * scaled.seconds} ms on ${slots} slots`, short, 's'),
    measured('the same without any overhead', ideal(scaled), 's'),
    measured('overhead of a cell, in slot time', perCell, 'ms'),
    measured('… of a cell of 1 s', share(1), '%', { text: '≤ 5', ok: share(1) <= 5 }),
    measured('… of a cell of 4 s', share(4), '%', { text: '≤ 2', ok: share(4) <= 2 }),
    measured(`${unscaled.cells} cells of ${unscaled.seconds} s, start and end included`, whole, '%', {
      text: '≤ 5',
      ok: whole <= 5,
    }),
  ]
}

const ideal = ({ cells, seconds }: Run): number => (cells * seconds) / slots

async function runStudy(servers: Servers, { cells, seconds }: Run): Promise<number> {
  const { data, ledger, temporal } = servers
  cpSync(tinyPack, join(data, 'models', 'packs', 'tiny-std'), { recursive: true })
  const stop = new AbortController()
  const working = startWorker({
    environment: {
      databaseUrl: ledger.url,
      temporal: { address: temporal, namespace: 'default' },
      ...{
        data,
        blobs: join(data, 'blobs'),
        models: join(data, 'models'),
        logLevel: 'error',
        host: hostname(),
      },
    },
    ...{ role: 'all', devices: Array.from({ length: slots }, () => 'cpu' as const), batch: 1, log },
    openRenderer: sleepingRenderer({ seconds, picture: pictures() }),
    signal: stop.signal,
  })
  const motor = await connectMotor({ address: temporal })
  try {
    return await secondsOf(servers, motor, { cells, seconds })
  } finally {
    stop.abort()
    await working
    await motor.close()
  }
}

/** From its start to its end, as its own rows say. */
async function secondsOf({ ledger }: Servers, motor: Motor, { cells, seconds }: Run): Promise<number> {
  while (!(await packNamed(ledger, 'tiny-std'))) await sleep(200)
  const { id } = await createStudy(ledger, {
    file: {
      ...{ teststrip: 1, title: `${cells} cells of ${seconds} s`, pack: 'tiny-std' },
      recipe: {
        ...{ text_prompts: { '0': ['a lighthouse'] }, width_height: [64, 64], steps: 25, skip_steps: 0 },
        ...{ ViTB32: true, RN50: false },
      },
      axes: [`seeds ${cells} from ${Math.round(seconds * 1e6)}`],
    },
  })
  await motor.start(id)
  for (;;) {
    await sleep(1000)
    const study = (await getStudy(ledger, id))!
    if (study.status === 'paused') throw new Error('The motor holds the study; its events say why.')
    if (study.status !== 'finished') continue
    const { done } = await studyCounts(ledger, id)
    if (done !== cells) throw new Error(`Of ${cells} cells ${done} are done.`)

    return (study.finishedAt!.getTime() - study.startedAt!.getTime()) / 1000
  }
}

/** Small pictures, no two alike, so that each is a blob of its own. */
function pictures(): () => Promise<Uint8Array> {
  let made = 0

  return () => {
    const pixels = new Uint8Array(8 * 8 * 3)
    new DataView(pixels.buffer).setUint32(0, made++)

    return sharp(pixels, { raw: { width: 8, height: 8, channels: 3 } })
      .png()
      .toBuffer()
  }
}
