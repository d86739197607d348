import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { Context } from '@temporalio/activity'
import { ApplicationFailure } from '@temporalio/common'
import { bundleWorkflowCode, DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker'
import type {
  CommandedStatus,
  Priority,
  RenderActivities,
  Settlement,
  StudioActivities,
} from '../activities.ts'
import { renderQueue, STUDIO_QUEUE } from '../queues.ts'

const logger = new DefaultLogger('ERROR')
Runtime.install({ logger })
const workflowBundle = bundleWorkflowCode({
  workflowsPath: fileURLToPath(new URL('../definitions.ts', import.meta.url)),
  logger,
})

/**
 * The activities over a ledger that is four numbers, for testing the workflows alone on a real Temporal server: no
 * database, no pictures, and knobs for what can go wrong.
 */
export class ToyFleet implements StudioActivities, RenderActivities {
  status: CommandedStatus | 'draft' | 'finished' = 'draft'
  priority: Priority = 3
  queued = 0
  rendering = 0
  done = 0
  failed = 0
  /** In the order they happened. */
  readonly said: string[] = []
  checkpoints = 0
  calls = 0
  mostAtOnce = 0
  #enqueued = false

  constructor(
    readonly options: {
      cells: number
      pack: string
      renderMs?: number
      perCall?: number
      enqueueFails?: string
    },
  ) {}

  beginStudy = async () => {
    this.status = 'running'

    return { pack: this.options.pack, priority: this.priority }
  }

  setStatus = async ({ to }: { to: CommandedStatus }) => {
    if (this.status === 'finished' && to === 'paused')
      throw ApplicationFailure.nonRetryable('The study is finished, so it cannot be paused.', 'conflict')
    this.status = to
    this.said.push(to)
  }

  setPriority = async ({ priority }: { priority: Priority }) => {
    this.priority = priority
  }

  enqueueStudy = async () => {
    const { cells, enqueueFails } = this.options
    if (enqueueFails) throw ApplicationFailure.nonRetryable(enqueueFails, 'not_found')
    if (!this.#enqueued) this.queued += cells
    this.#enqueued = true

    return { cells, inserted: cells, reused: 0 }
  }

  holdStudy = async ({ reason }: { reason: string }) => {
    this.status = 'paused'
    this.said.push(reason)
  }

  settleStudy = async (): Promise<Settlement> => {
    if (this.queued > 0) return 'more'
    if (this.rendering > 0) return 'waiting'
    this.status = 'finished'

    return 'finished'
  }

  retryFailed = async () => {
    const count = this.failed
    this.queued += count
    this.failed = 0

    return count
  }

  renderNext = async () => {
    const { renderMs = 20, perCall = 5 } = this.options
    const { cancellationSignal: signal, heartbeat, cancelled } = Context.current()
    const beat = setInterval(() => heartbeat(), 200)
    this.calls++
    let rendered = 0
    try {
      for (let n = 0; n < perCall; n++) {
        if (this.status !== 'running' || this.queued === 0)
          return { rendered, failed: 0, more: false, priority: this.priority }

        this.queued--
        this.rendering++
        this.mostAtOnce = Math.max(this.mostAtOnce, this.rendering)
        await sleep(renderMs, undefined, { signal }).catch(() => undefined)
        this.rendering--
        if (signal.aborted) {
          this.checkpoints++
          this.queued++
          await cancelled
        }
        this.done++
        rendered++
      }

      return { rendered, failed: 0, more: true, priority: this.priority }
    } finally {
      clearInterval(beat)
    }
  }

  /** Serves both queues on this Temporal server while `use` runs. */
  async serving<T>(address: string, use: () => Promise<T>): Promise<T> {
    const connection = await NativeConnection.connect({ address })
    const { renderNext, ...rest } = this
    const { beginStudy, setStatus, setPriority, enqueueStudy, holdStudy, settleStudy, retryFailed } = rest
    const studio = await Worker.create({
      connection,
      taskQueue: STUDIO_QUEUE,
      workflowBundle: await workflowBundle,
      activities: { beginStudy, setStatus, setPriority, enqueueStudy, holdStudy, settleStudy, retryFailed },
      maxCachedWorkflows: 50,
    })
    const render = await Worker.create({
      connection,
      taskQueue: renderQueue(this.options.pack),
      activities: { renderNext },
      maxHeartbeatThrottleInterval: '500ms',
    })
    try {
      return await studio.runUntil(render.runUntil(use()))
    } finally {
      await connection.close()
    }
  }
}
