import { type ChildProcess, spawn } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { type BlobStore, openBlobs } from '#blobs'
import { type CellRow, createStudy, type Ledger, listCells, migrate, openLedger, studyCounts } from '#prisma'
import { emptyLedger } from '#prisma/testing'
import type { StudyFile } from '#study'
import { connectMotor, type Motor } from '#workflows'
import { type Postgres, startPostgres } from '../../scripts/stack/postgres.ts'
import { startTemporal, type Temporal } from '../../scripts/stack/temporal.ts'
import type { Role } from '../environment.ts'

/** A killed server comes back on its port. */
export interface Servers {
  postgres: Postgres
  temporal: Temporal
}

const root = join(import.meta.dirname, '..', '..')
const tinyPack = join(root, 'diffusion', 'testing', 'parity', 'packs', 'tiny-std')

/** A folder for servers and pictures of one test file. */
function testFolder(): string {
  const data = mkdtempSync(join(tmpdir(), 'teststrip-worker-'))
  for (const name of ['run', 'logs', 'models/packs']) mkdirSync(join(data, name), { recursive: true })

  return data
}

/** Real servers, real worker processes, a tiny pack of random weights: everything a fleet has but size. */
export class Fleet {
  readonly #workers: WorkerProcess[] = []

  private constructor(
    readonly data: string,
    readonly servers: Servers,
    readonly ledger: Ledger,
    readonly motor: Motor,
    readonly blobs: BlobStore,
  ) {}

  /** @param options.durable as safe against power loss as in earnest, and slower */
  static async open({ durable = false }: { durable?: boolean } = {}): Promise<Fleet> {
    const data = testFolder()
    cpSync(tinyPack, join(data, 'models', 'packs', 'tiny-std'), { recursive: true })
    const [postgres, temporal] = await Promise.all([
      startPostgres({ data, durable }),
      startTemporal({ data, tools: join(root, 'var', 'tools'), say: console.log }),
    ])
    const servers = { postgres, temporal }
    await migrate(servers.postgres.url)
    const ledger = openLedger({ url: servers.postgres.url })
    // Clients of a server that is killed on purpose.
    ledger.pool.on('error', () => undefined)
    const motor = await connectMotor(temporal)

    return new Fleet(data, servers, ledger, motor, openBlobs(join(data, 'blobs')))
  }

  async close(): Promise<void> {
    await Promise.all(this.#workers.map((worker) => worker.stop()))
    await Promise.all([this.ledger.close(), this.motor.close()])
    await Promise.all([this.servers.postgres.service.stop(), this.servers.temporal.service.stop()])
    rmSync(this.data, { recursive: true, force: true })
  }

  startWorker({
    role = 'all',
    batch = 1,
    env = {},
  }: {
    role?: Role
    batch?: number
    env?: Record<string, string>
  } = {}): WorkerProcess {
    const worker = new WorkerProcess(role, batch, {
      DATABASE_URL: this.servers.postgres.url,
      TEMPORAL_ADDRESS: this.servers.temporal.address,
      TEMPORAL_NAMESPACE: this.servers.temporal.namespace,
      TESTSTRIP_DATA: this.data,
      TESTSTRIP_MODELS: join(this.data, 'models'),
      ...env,
    })
    this.#workers.push(worker)

    return worker
  }

  /** Nothing asked for, nothing rendered; devices and packs stay known. */
  async empty(): Promise<void> {
    await emptyLedger(this.ledger)
  }

  /** `seeds` × `etas` (× `more` axes) small pictures; `steps` sets how long each takes. */
  async createStudy(options: {
    seeds: number
    steps: number
    etas?: string
    from?: number
    more?: string[]
  }): Promise<string> {
    const { seeds, steps, etas = '0, 0.5', from = 1, more = [] } = options
    const file: StudyFile = {
      teststrip: 1,
      title: 'A tiny study',
      pack: 'tiny-std',
      recipe: {
        text_prompts: { '0': ['a lighthouse'] },
        width_height: [64, 64],
        steps,
        skip_steps: 0,
        ViTB32: true,
        RN50: false,
        cutn_batches: 1,
        cut_overview: '[1]*1000',
        cut_innercut: '[1]*1000',
      },
      axes: [`seed seeds ${seeds} from ${from}`, `eta ${etas}`, ...more],
    }

    return (await createStudy(this.ledger, { file })).id
  }

  async cells(studyId: string): Promise<CellRow[]> {
    const { cells } = await listCells(this.ledger, studyId)

    return cells.sort((a, b) => a.seq - b.seq)
  }

  /** Picture of every cell, in order. */
  async pictures(studyId: string): Promise<(string | null)[]> {
    return (await this.cells(studyId)).map((cell) => cell.image)
  }

  async status(studyId: string): Promise<string> {
    const { rows } = await this.ledger.pool.query('select status from "Study" where id = $1', [studyId])

    return rows[0].status
  }

  async finished(studyId: string, seconds = 120): Promise<void> {
    await until(
      `study ${studyId} has finished`,
      async () => (await this.status(studyId)) === 'finished',
      seconds,
    )
  }

  async done(studyId: string): Promise<number> {
    return (await studyCounts(this.ledger, studyId)).done
  }

  /** Waits until a render of the study is past this step. */
  async renderingPast(studyId: string, step: number): Promise<CellRow> {
    let found: CellRow | undefined
    await until(`a render is past step ${step}`, async () => {
      const cells = await this.cells(studyId)
      found = cells.find((cell) => cell.status === 'rendering' && (cell.step ?? 0) > step)

      return found !== undefined
    })

    return found!
  }
}

/** A worker as it runs in earnest: a process of its own that says what it does in JSON lines. */
export class WorkerProcess {
  readonly lines: Record<string, unknown>[] = []
  readonly #child: ChildProcess
  readonly ended: Promise<number | null>

  constructor(role: Role, batch: number, env: Record<string, string>) {
    this.#child = spawn(
      process.execPath,
      [
        '--import',
        'tsx',
        join(root, 'worker', 'main.ts'),
        '--role',
        role,
        '--devices',
        'cpu',
        '--batch',
        `${batch}`,
      ],
      {
        cwd: root,
        env: { ...process.env, ...env },
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    )
    this.ended = new Promise((resolve) => this.#child.once('exit', resolve))
    createInterface({ input: this.#child.stdout! }).on('line', (line) => {
      if (process.env.TESTSTRIP_TEST_LOG) console.log(line)
      this.lines.push(JSON.parse(line))
    })
  }

  get pid(): number {
    return this.#child.pid!
  }

  /** The renderer that this worker started last. */
  get rendererPid(): number {
    return this.said('renderer started').at(-1)?.pid as number
  }

  said(message: string): Record<string, unknown>[] {
    return this.lines.filter((line) => line.msg === message)
  }

  async ready(): Promise<this> {
    await until('the worker is ready', () => this.said('worker ready').length > 0)

    return this
  }

  kill(): void {
    this.#child.kill('SIGKILL')
  }

  /** As Ctrl-C or an upgrade would; resolves to the exit code. */
  async stop(): Promise<number | null> {
    this.#child.kill('SIGTERM')

    return this.ended
  }
}

export const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

/** A ledger that is just being killed answers with errors: those count as "not yet". */
export async function until(
  what: string,
  holds: () => boolean | Promise<boolean>,
  seconds = 60,
): Promise<void> {
  const deadline = Date.now() + seconds * 1_000
  let cause: unknown
  while (Date.now() < deadline) {
    try {
      if (await holds()) return
    } catch (error) {
      cause = error
    }
    await sleep(50)
  }

  throw new Error(`Waited in vain until ${what}.`, { cause })
}
