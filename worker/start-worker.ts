import { randomUUID } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { NativeConnection, Worker, type WorkerOptions } from '@temporalio/worker'
import { openBlobs } from '#blobs'
import type { DeviceName } from '#diffusion'
import { openLedger, registerPacks } from '#prisma'
import { connectMotor, renderQueue, STUDIO_QUEUE } from '#workflows'
import { keepCheckingPacks } from './check-packs.ts'
import { beatDevice, beatDevices, keepBeating } from './devices/beat-devices.ts'
import type { Device } from './devices/device.ts'
import { DevicePool } from './devices/device-pool.ts'
import { openDevices } from './devices/open-devices.ts'
import { recallFits } from './devices/recall-fits.ts'
import { keepMeasuringDistances } from './distances/keep-measuring.ts'
import type { Environment, Role } from './environment.ts'
import { keepTrying } from './keep-trying.ts'
import { type Gate, keepWorking } from './keep-working.ts'
import type { Logger } from './log.ts'
import { findPacks } from './packs.ts'
import { createRenderNext } from './render/render-next.ts'
import type { OpenRenderer } from './renderer/renderer.ts'
import { createPrintActivities } from './studio/print-activities.ts'
import { createStudioActivities } from './studio/studio-activities.ts'
import { keepSweeping } from './studio/sweep.ts'

export interface StartWorkerOptions {
  environment: Environment
  role: Role
  /** What to render on, one renderer process each; 'auto' is the best that this machine has. */
  devices: readonly DeviceName[] | 'auto'
  /** Renders that each device steps together. */
  batch: number
  log: Logger
  /** What renders on each device (a process of its own with ONNX Runtime). */
  openRenderer?: OpenRenderer
  /** Stops claiming, saves checkpoints, drains, returns. */
  signal: AbortSignal
}

const workflowsPath = fileURLToPath(new URL('../workflows/definitions.ts', import.meta.url))
/** Activities stop within 3 s of being told; whatever is left after this is left to the sweep. */
const drainMs = 8_000

/** Runs a worker until the signal. It waits for Postgres and Temporal however long they are away. */
export async function startWorker({
  environment,
  role,
  devices: named,
  batch,
  log,
  openRenderer,
  signal,
}: StartWorkerOptions): Promise<void> {
  const ledger = openLedger({ url: environment.databaseUrl })
  const blobs = openBlobs(environment.blobs)
  const motor = await connectMotor(environment.temporal)
  const patiently = <T>(what: string, attempt: () => Promise<T>): Promise<T> =>
    keepTrying({ what, log, signal }, attempt)

  const devices: Device[] = []
  const pool = new DevicePool(devices)
  const chores: Promise<void>[] = []
  try {
    const packs = role === 'studio' ? new Map() : await findPacks({ models: environment.models, log })
    const fleet = { ledger, pool, host: environment.host, session: randomUUID(), packs: [...packs.keys()] }
    if (role !== 'studio') {
      const { host, data } = environment
      devices.push(...(await openDevices({ devices: named, host, data, batch, log, openRenderer })))
      await patiently('register packs', () =>
        registerPacks(
          ledger,
          [...packs.values()].map((pack) => pack.info),
        ),
      )
      await patiently('recall what fits', () => recallFits(ledger, devices))
      await patiently('register devices', () => beatDevices(fleet))
      chores.push(keepCheckingPacks({ ledger, packs, host: environment.host, log, signal }))
      chores.push(keepMeasuringDistances({ ledger, blobs, packs, log, signal }))
      chores.push(keepBeating({ ...fleet, log, signal }))
    }

    const connection = await patiently('reach Temporal', () =>
      NativeConnection.connect({ address: environment.temporal.address }),
    )
    const common: Pick<
      WorkerOptions,
      'connection' | 'namespace' | 'shutdownForceTime' | 'maxHeartbeatThrottleInterval'
    > = {
      connection,
      namespace: environment.temporal.namespace,
      shutdownForceTime: drainMs,
      // A cancellation comes back with a heartbeat; the timer beats every second.
      maxHeartbeatThrottleInterval: '1s',
    }
    const workers: { queue: string; create: () => Promise<Worker>; gate?: Gate }[] = []
    if (role !== 'render') {
      const activities = {
        ...createStudioActivities({ ledger, log }),
        ...createPrintActivities({ ledger, blobs, log, data: environment.data }),
      }
      workers.push({
        queue: STUDIO_QUEUE,
        create: () =>
          Worker.create({
            ...common,
            taskQueue: STUDIO_QUEUE,
            workflowsPath,
            activities,
            maxCachedWorkflows: 200,
            maxConcurrentActivityTaskExecutions: 20,
          }),
      })
      chores.push(keepSweeping({ ledger, blobs, motor, log, signal }))
    }
    if (role !== 'studio') {
      const beat = (device: Device): Promise<void> => beatDevice(device, fleet)
      const renderNext = createRenderNext({ ledger, blobs, pool, packs, log, beat })
      for (const pack of packs.keys())
        workers.push({
          queue: renderQueue(pack),
          gate: pool,
          create: () =>
            Worker.create({
              ...common,
              taskQueue: renderQueue(pack),
              activities: { renderNext },
              maxConcurrentActivityTaskExecutions: devices.length,
              maxConcurrentActivityTaskPolls: 1,
            }),
        })
    }

    let polling = 0
    const onPolling = (): void => {
      if (++polling !== workers.length) return
      const names = devices.map((device) => device.id)
      log.info({ role, devices: names, packs: [...packs.keys()], pid: process.pid }, 'worker ready')
    }
    await Promise.all([
      ...workers.map((worker) => keepWorking({ ...worker, log, signal, onPolling })),
      ...chores,
    ])
    await connection.close()
  } catch (error) {
    if (!signal.aborted) throw error
  } finally {
    for (const device of devices) device.renderer.close()
    await Promise.allSettled([motor.close(), ledger.close()])
  }
}
