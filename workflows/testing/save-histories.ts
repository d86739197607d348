import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client, Connection } from '@temporalio/client'
import { connectMotor } from '../connect-motor.ts'
import { laneWorkflowId, studyWorkflowId } from '../queues.ts'
import { saveHistory } from './save-history.ts'
import { ToyFleet } from './toy-fleet.ts'

/**
 * `TEMPORAL_ADDRESS=… tsx workflows/testing/save-histories.ts` writes the histories that `replay.test.ts` replays, of
 * a study that was told everything there is to tell. They are the promise that studies started by an older version go
 * on under a newer one, so they are only written on purpose.
 */
const address = process.env.TEMPORAL_ADDRESS ?? '127.0.0.1:7233'
const fleet = new ToyFleet({ cells: 40, pack: 'toy', renderMs: 40 })
const studyId = randomUUID()
const motor = await connectMotor({ address })
const connection = await Connection.connect({ address })
const client = new Client({ connection })
const ended = (): Promise<unknown> => client.workflow.getHandle(studyWorkflowId(studyId)).result()

await fleet.serving(address, async () => {
  await motor.start(studyId, { lanes: 2, priority: 2 })
  await sleep(700)
  await motor.pause(studyId, 'soft')
  await motor.setPriority(studyId, 4)
  await motor.resume(studyId)
  await sleep(400)
  await motor.pause(studyId, 'hard')
  await motor.setLanes(studyId, 3)
  fleet.failed = 2
  await motor.retryFailed(studyId)
  await ended()
  await saveHistory({ client, workflowId: studyWorkflowId(studyId), name: 'study' })
  await saveHistory({ client, workflowId: laneWorkflowId(studyId, 1), name: 'lane' })

  fleet.queued = 1_000
  await motor.start(studyId)
  await sleep(700)
  await motor.cancel(studyId)
  await ended()
  await saveHistory({ client, workflowId: studyWorkflowId(studyId), name: 'study-cancelled' })
})
await Promise.all([motor.close(), connection.close()])
