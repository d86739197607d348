import { ActivityCancellationType, continueAsNew, proxyActivities, workflowInfo } from '@temporalio/workflow'
import type { Priority, RenderActivities } from './activities.ts'
import { renderQueue } from './queues.ts'
import type { LaneOutcome } from './study-state.ts'

export interface LaneInput extends LaneOutcome {
  studyId: string
  pack: string
  priority: Priority
}

/**
 * Keeps one device slot busy for a study: `renderNext` over and over until it brings nothing more. One activity is in
 * flight at a time, so between two of them the lane can continue as new with nothing to drain.
 *
 * It takes no messages. Pausing and cancelling reach it through the ledger (a claim of a study that is not running
 * finds nothing) or as a cancellation, which waits until the device has saved a checkpoint.
 */
export async function laneWorkflow(lane: LaneInput): Promise<LaneOutcome> {
  const { studyId, pack } = lane
  let { rendered, failed, priority } = lane

  while (true) {
    const device = proxyActivities<RenderActivities>({
      taskQueue: renderQueue(pack),
      startToCloseTimeout: '2h',
      heartbeatTimeout: '30s',
      cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
      retry: { initialInterval: '5s', backoffCoefficient: 2, maximumInterval: '2m', maximumAttempts: 5 },
      priority: { priorityKey: priority, fairnessKey: studyId },
    })
    const result = await device.renderNext({ studyId, pack })
    rendered += result.rendered
    failed += result.failed
    priority = result.priority

    if (!result.more) return { rendered, failed }
    if (workflowInfo().continueAsNewSuggested)
      await continueAsNew<typeof laneWorkflow>({ studyId, pack, priority, rendered, failed })
  }
}
