import { cpSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import sharp from 'sharp'
import { createStudy, getStudy, packNamed, type Study, studyCounts } from '#prisma'
import { createLog, installRuntime, startWorker } from '#worker'
import { connectMotor, type Motor } from '#workflows'
import type { Servers } from './servers.ts'
import { sleepingRenderer } from './sleeping-renderer.ts'

export const slots = 8
const log = createLog({ level: 'error' })
const tinyPack = join(import.meta.dirname, '..', '..', 'diffusion', 'testing', 'parity', 'packs', 'tiny-std')

/** The whole motor with devices on which every picture takes `seconds` and nothing else. */
export class SleepingFleet {
  #seeds = 1

  private constructor(
    readonly ledger: Servers['ledger'],
    readonly motor: Motor,
  ) {}

  static async use<T>(
    { data, ledger, temporal }: Servers,
    seconds: number,
    work: (fleet: SleepingFleet) => Promise<T>,
  ): Promise<T> {
    installRuntime(log)
    cpSync(tinyPack, join(data, 'models', 'packs', 'tiny-std'), { recursive: true })
    const stop = new AbortController()
    const working = startWorker({
      environment: {
        databaseUrl: ledger.url,
        temporal,
        ...{ data, blobs: join(data, 'blobs'), models: join(data, 'models') },
        ...{ logLevel: 'error', host: hostname() },
      },
      ...{ role: 'all', devices: Array.from({ length: slots }, () => 'cpu' as const), batch: 1, log },
      openRenderer: sleepingRenderer({ seconds, picture: pictures() }),
      signal: stop.signal,
    })
    const motor = await connectMotor(temporal)
    try {
      while (!(await packNamed(ledger, 'tiny-std'))) await sleep(200)

      return await work(new SleepingFleet(ledger, motor))
    } finally {
      stop.abort()
      await working
      await motor.close()
    }
  }

  /** A study of so many cells, started. */
  async start(cells: number): Promise<string> {
    const { id } = await createStudy(this.ledger, {
      file: {
        ...{ teststrip: 1, title: `${cells} cells`, pack: 'tiny-std' },
        recipe: {
          ...{ text_prompts: { '0': ['a lighthouse'] }, width_height: [64, 64], steps: 25, skip_steps: 0 },
          ...{ ViTB32: true, RN50: false },
        },
        axes: [`seeds ${cells} from ${this.#seeds}`],
      },
    })
    this.#seeds += cells
    await this.motor.start(id)

    return id
  }

  /** Seconds from a study's start to its end, as its own row says. */
  async secondsOf(id: string): Promise<number> {
    const { startedAt, finishedAt } = await this.finished(id)
    const { cells, done } = await studyCounts(this.ledger, id)
    if (done !== cells) throw new Error(`Of ${cells} cells ${done} are done.`)

    return (finishedAt!.getTime() - startedAt!.getTime()) / 1000
  }

  private async finished(id: string): Promise<Study> {
    for (;;) {
      const study = (await getStudy(this.ledger, id))!
      if (study.status === 'finished') return study
      if (study.status === 'paused') throw new Error('The motor holds the study; its events say why.')
      await sleep(500)
    }
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
