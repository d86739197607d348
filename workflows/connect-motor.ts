import {
  Client,
  Connection,
  ServiceError,
  type UpdateDefinition,
  WithStartWorkflowOperation,
  type WorkflowHandle,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
} from '@temporalio/client'
import { ApplicationFailure } from '@temporalio/common'
import { TeststripError } from '#study'
import type { Priority } from './activities.ts'
import * as messages from './messages.ts'
import { printWorkflowId, STUDIO_QUEUE, studyWorkflowId } from './queues.ts'
import type { MotorState, PauseMode, StudyInput } from './study-state.ts'

export interface StartOptions {
  /** Shown beside the study in Temporal's own tools; the lanes go by the pack in the ledger. */
  pack?: string
  /** Default 2 per study: one renders while the other waits its turn. */
  lanes?: number
  /** Urgency of the study's control; its lanes follow the priority in the ledger. */
  priority?: Priority
}

/**
 * The motor as the rest of Teststrip sees it. Commands change the ledger before they return; a command for a study
 * whose motor is not running fails with `conflict`, and every call fails with `unavailable` while Temporal or its
 * workers are away.
 */
export interface Motor {
  /** Idempotent; a finished or cancelled study runs again with what is left, an edited one with what is new. */
  start(studyId: string, options?: StartOptions): Promise<void>
  pause(studyId: string, mode?: PauseMode): Promise<MotorState>
  resume(studyId: string): Promise<MotorState>
  cancel(studyId: string): Promise<MotorState>
  /** Queues failed cells again (all when `seqs` is left out) and runs the study; returns how many renders. */
  retryFailed(studyId: string, seqs?: number[]): Promise<number>
  setPriority(studyId: string, priority: Priority): Promise<MotorState>
  setLanes(studyId: string, lanes: number): Promise<MotorState>
  /** Null when the study has never run. */
  state(studyId: string): Promise<MotorState | null>
  /** Starts the study's control unless it runs, without telling it anything: for what a lost Temporal forgot. */
  ensure(studyId: string): Promise<void>
  /** Has the print under this key printed, unless somebody is at it. */
  print(key: string): Promise<void>
  healthy(): Promise<boolean>
  close(): Promise<void>
}

export interface MotorOptions {
  /** `host:port` of Temporal's frontend. */
  address: string
  namespace?: string
  /** Milliseconds a call may take before it counts as unavailable; default 15 s. */
  patience?: number
}

/** Opens the typed client. It connects at the first call, so it can be made while Temporal is still away. */
export async function connectMotor(options: MotorOptions): Promise<Motor> {
  const { address, namespace = 'default', patience = 15_000 } = options
  const connection = Connection.lazy({ address, connectTimeout: '5s' })
  const client = new Client({ connection, namespace })

  const call = async <T>(what: string, run: () => Promise<T>): Promise<T> => {
    try {
      return await connection.withDeadline(Date.now() + patience, run)
    } catch (error) {
      throw translate(what, address, error)
    }
  }
  const handle = (studyId: string): WorkflowHandle => client.workflow.getHandle(studyWorkflowId(studyId))

  const begin = (studyId: string, { pack, lanes = 2, priority = 3 }: StartOptions = {}) => ({
    workflowId: studyWorkflowId(studyId),
    taskQueue: STUDIO_QUEUE,
    args: [{ studyId, lanes }] as [StudyInput],
    workflowIdConflictPolicy: 'USE_EXISTING' as const,
    workflowIdReusePolicy: 'ALLOW_DUPLICATE' as const,
    priority: { priorityKey: priority, fairnessKey: studyId },
    ...(pack === undefined ? {} : { memo: { pack } }),
  })
  const tell = <Ret, Args extends [unknown, ...unknown[]]>(
    studyId: string,
    message: UpdateDefinition<Ret, Args>,
    args: Args,
  ) => call(message.name, () => handle(studyId).executeUpdate<Ret, Args>(message, { args }))
  const startAndTell = <Ret, Args extends unknown[]>(
    studyId: string,
    message: UpdateDefinition<Ret, Args>,
    args: Args,
  ) =>
    call(message.name, () =>
      client.workflow.executeUpdateWithStart(message, {
        args,
        startWorkflowOperation: new WithStartWorkflowOperation('studyWorkflow', begin(studyId)),
      }),
    )

  return {
    start: (studyId, startOptions) =>
      call('start', async () => {
        await client.workflow.signalWithStart('studyWorkflow', {
          ...begin(studyId, startOptions),
          signal: messages.startSignal,
        })
      }),
    pause: (studyId, mode = 'soft') => tell(studyId, messages.pauseUpdate, [mode]),
    resume: (studyId) => startAndTell(studyId, messages.resumeUpdate, []),
    cancel: (studyId) => call('cancel', () => handle(studyId).executeUpdate(messages.cancelUpdate)),
    retryFailed: (studyId, seqs) => startAndTell(studyId, messages.retryFailedUpdate, [seqs]),
    setPriority: (studyId, priority) => tell(studyId, messages.setPriorityUpdate, [priority]),
    setLanes: (studyId, lanes) => tell(studyId, messages.setLanesUpdate, [lanes]),
    state: (studyId) =>
      call('state', async () => {
        try {
          return await handle(studyId).query(messages.stateQuery)
        } catch (error) {
          if (error instanceof WorkflowNotFoundError) return null
          throw error
        }
      }),
    ensure: (studyId) =>
      call('start', async () => {
        await client.workflow.start('studyWorkflow', begin(studyId))
      }),
    print: (key) =>
      call('print', async () => {
        await client.workflow.start('printWorkflow', {
          workflowId: printWorkflowId(key),
          taskQueue: STUDIO_QUEUE,
          args: [{ key }],
          workflowIdConflictPolicy: 'USE_EXISTING',
          workflowIdReusePolicy: 'ALLOW_DUPLICATE',
        })
      }),
    healthy: async () => {
      try {
        // Another Temporal may answer there while ours is away: it does not know the namespace.
        await connection.withDeadline(Date.now() + 3_000, () =>
          connection.workflowService.describeNamespace({ namespace }),
        )

        return true
      } catch {
        return false
      }
    },
    close: () => connection.close(),
  }
}

/** Temporal's errors in the words and codes of Teststrip. */
function translate(what: string, address: string, error: unknown): TeststripError {
  if (error instanceof TeststripError) return error
  if (error instanceof WorkflowNotFoundError)
    return new TeststripError('conflict', `The study is not running, so there is nothing to ${what}.`)
  if (error instanceof WorkflowUpdateFailedError) {
    const failure = rootFailure(error)
    const code =
      failure?.type === 'not_found' || failure?.type === 'invalid_input' ? failure.type : 'conflict'

    return new TeststripError(code, failure?.message ?? error.message)
  }
  if (
    error instanceof ServiceError ||
    error instanceof WorkflowUpdateRPCTimeoutOrCancelledError ||
    isGrpc(error)
  )
    return new TeststripError(
      'unavailable',
      `${what}: Temporal at ${address} or its workers did not answer in time. Check that both run, then try again.`,
      { cause: String(error instanceof Error ? (error.cause ?? error.message) : error) },
    )

  return new TeststripError('internal', `${what}: ${error instanceof Error ? error.message : String(error)}`)
}

function rootFailure(error: WorkflowUpdateFailedError): ApplicationFailure | null {
  let found: ApplicationFailure | null = null
  for (let cause: unknown = error.cause; cause instanceof Error; cause = cause.cause)
    if (cause instanceof ApplicationFailure) found = cause

  return found
}

const isGrpc = (error: unknown): boolean =>
  error instanceof Error &&
  ('code' in error || /deadline|connect|UNAVAILABLE|timed? ?out/i.test(error.message))
