import { ActivityFailure, ApplicationFailure } from '@temporalio/common'
import {
  allHandlersFinished,
  CancellationScope,
  ChildWorkflowCancellationType,
  condition,
  continueAsNew,
  executeChild,
  isCancellation,
  log,
  ParentClosePolicy,
  proxyActivities,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow'
import type { CommandedStatus, StudioActivities } from './activities.ts'
import { inOrder } from './in-order.ts'
import { laneWorkflow } from './lane-workflow.ts'
import * as messages from './messages.ts'
import { laneWorkflowId, STUDIO_QUEUE } from './queues.ts'
import { type MotorState, type StudyInput, StudyState } from './study-state.ts'

/** Far more than devices of one fleet; the lanes of a study are pending children of one workflow. */
const maxLanes = 64

const studio = proxyActivities<StudioActivities>({
  taskQueue: STUDIO_QUEUE,
  startToCloseTimeout: '1m',
  // The ledger may be away for as long as it likes: the study waits for it.
  retry: { initialInterval: '500ms', backoffCoefficient: 2, maximumInterval: '10s' },
})

const streaming = proxyActivities<Pick<StudioActivities, 'enqueueStudy'>>({
  taskQueue: STUDIO_QUEUE,
  startToCloseTimeout: '2h',
  heartbeatTimeout: '30s',
  retry: { initialInterval: '500ms', backoffCoefficient: 2, maximumInterval: '10s' },
})

/**
 * One study's control: it owns the lanes, takes what people say, and asks the ledger until nothing is left.
 *
 * Messages: signal `start`; updates `pause`, `resume`, `cancel`, `retryFailed`, `setPriority`, `setLanes`, which first
 * change the ledger and then the lanes, one after another; query `state`. The workflow ends when the study is
 * finished or cancelled and every lane has ended; starting it again goes on with what is left. It continues as new
 * only while no lane runs, since lanes are its children and would be told to stop.
 */
export async function studyWorkflow(input: StudyInput): Promise<MotorState> {
  const { studyId } = input
  const state = new StudyState(input)
  const turn = inOrder()

  const command = (to: CommandedStatus, change: () => void): Promise<MotorState> =>
    turn(async () => {
      await condition(() => !state.beginWanted)
      await studio.setStatus({ studyId, to })
      change()

      return state.view()
    })

  setHandler(messages.startSignal, () => state.start())
  setHandler(messages.stateQuery, () => state.view())
  setHandler(messages.pauseUpdate, (mode) => command('paused', () => state.pause(mode)))
  setHandler(messages.resumeUpdate, () => command('running', () => state.resume()))
  setHandler(messages.cancelUpdate, () => command('cancelled', () => state.cancel()))
  setHandler(messages.retryFailedUpdate, (seqs) => turn(() => retryFailed(seqs)))
  setHandler(messages.setPriorityUpdate, (priority) => turn(() => setPriority(priority)))
  setHandler(messages.setLanesUpdate, (count) => turn(async () => setLanes(count)), { validator: checkLanes })

  async function retryFailed(seqs: number[] | undefined): Promise<number> {
    await condition(() => !state.beginWanted)
    const count = await studio.retryFailed({ studyId, seqs })
    if (count === 0) return 0

    await studio.setStatus({ studyId, to: 'running' })
    state.retry()

    return count
  }

  async function setPriority(priority: MotorState['priority']): Promise<MotorState> {
    await studio.setPriority({ studyId, priority })
    state.setPriority(priority)

    return state.view()
  }

  function setLanes(count: number): MotorState {
    state.setLanes(count)

    return state.view()
  }

  const lanes = new Map<number, CancellationScope>()
  const startLane = (lane: number): void => {
    const scope = new CancellationScope()
    lanes.set(lane, scope)
    state.laneStarted(lane)
    const run = scope.run(() =>
      executeChild(laneWorkflow, {
        workflowId: laneWorkflowId(studyId, lane),
        args: [{ studyId, pack: state.pack, priority: state.priority, rendered: 0, failed: 0 }],
        parentClosePolicy: ParentClosePolicy.REQUEST_CANCEL,
        cancellationType: ChildWorkflowCancellationType.WAIT_CANCELLATION_COMPLETED,
        priority: { priorityKey: state.priority, fairnessKey: studyId },
      }),
    )
    run.then(
      (outcome) => state.laneEnded(lane, outcome),
      (error: unknown) => {
        if (!isCancellation(error)) log.warn('a lane ended early', { study: studyId, lane, error })
        state.laneEnded(lane, null)
      },
    )
  }

  let enqueuing = new CancellationScope()
  const startEnqueue = (): void => {
    enqueuing = new CancellationScope()
    state.enqueueStarted()
    enqueuing
      .run(() => streaming.enqueueStudy({ studyId }))
      .then(
        () => state.enqueueEnded(),
        async (error: unknown) => {
          if (isCancellation(error)) return state.enqueueEnded()

          const reason = sentenceOf(error)
          await studio.holdStudy({ studyId, reason })
          state.held(reason)
        },
      )
  }

  const turnOnce = async (): Promise<void> => {
    if (state.beginWanted) state.begun(await studio.beginStudy({ studyId }))
    if (state.enqueueWanted) startEnqueue()
    if (state.settleWanted) state.settled(await studio.settleStudy({ studyId }))
    for (const lane of state.takeLanesToStop()) lanes.get(lane)?.cancel()
    for (const lane of state.lanesToStart()) startLane(lane)
  }

  const mayLeave = (): boolean => state.quiet && allHandlersFinished()

  try {
    while (true) {
      state.takeChange()
      await turnOnce()
      if (state.view().phase === 'cancelled') enqueuing.cancel()

      if (mayLeave()) {
        if (state.over) return state.view()
        if (workflowInfo().continueAsNewSuggested)
          await continueAsNew<typeof studyWorkflow>({ studyId, ...state.carry() })
      }

      // What changes nothing here, such as a priority, makes history too.
      const happened = () =>
        state.changed || (mayLeave() && (state.over || workflowInfo().continueAsNewSuggested))
      const patience = state.patience
      if (patience === null) await condition(happened)
      else if (!(await condition(happened, patience))) state.waited()
    }
  } catch (error) {
    // Cancelled from outside (Temporal's own tools): the lanes were told with us; the ledger has to hear it too.
    if (!isCancellation(error)) throw error

    return CancellationScope.nonCancellable(async () => {
      await studio.setStatus({ studyId, to: 'cancelled' })
      state.cancel()
      await condition(() => state.view().lanes.active.length === 0 && allHandlersFinished())

      return state.view()
    })
  }
}

function checkLanes(count: number): void {
  if (!Number.isInteger(count) || count < 1 || count > maxLanes)
    throw ApplicationFailure.nonRetryable(
      `lanes must be a whole number from 1 to ${maxLanes}, not ${count}.`,
      'invalid_input',
    )
}

/** The sentence of the error that an activity failed for good with. */
function sentenceOf(error: unknown): string {
  const cause = error instanceof ActivityFailure ? error.cause : error

  return cause instanceof ApplicationFailure || cause instanceof Error ? cause.message : String(cause)
}
