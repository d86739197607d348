import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client, Connection } from '@temporalio/client'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { connectMotor, type Motor } from './connect-motor.ts'
import { laneWorkflowId, studyWorkflowId } from './queues.ts'
import type { MotorState } from './study-state.ts'
import { ToyFleet } from './testing/toy-fleet.ts'

const address = process.env.TESTSTRIP_TEST_TEMPORAL!
let motor: Motor
let client: Client
let connection: Connection

beforeAll(async () => {
  motor = await connectMotor({ address })
  connection = await Connection.connect({ address })
  client = new Client({ connection })
  // Studies that another test file left behind ask the same studio queue, so a toy fleet would serve them as its own.
  for await (const { workflowId } of client.workflow.list({ query: `ExecutionStatus = 'Running'` }))
    await client.workflow
      .getHandle(workflowId)
      .terminate('left behind')
      .catch(() => undefined)
})

afterAll(async () => {
  await motor.close()
  await connection.close()
})

const toy = (options: Partial<ToyFleet['options']> = {}): ToyFleet =>
  new ToyFleet({ cells: 40, pack: `toy-${randomUUID()}`, ...options })

const until = async (what: string, holds: () => boolean | Promise<boolean>): Promise<void> => {
  const deadline = Date.now() + 30_000
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`Waited in vain until ${what}.`)
    await sleep(25)
  }
}

const outcome = (studyId: string): Promise<MotorState> =>
  client.workflow.getHandle(studyWorkflowId(studyId)).result()

describe('a study', () => {
  test('runs to its end over several lanes and is started only once', async () => {
    const fleet = toy()
    const studyId = randomUUID()
    await fleet.serving(address, async () => {
      // The first to start decides the lanes; those who start it again meanwhile change nothing.
      await motor.start(studyId, { lanes: 3 })
      await Promise.all([motor.start(studyId), motor.ensure(studyId)])
      expect(await outcome(studyId)).toMatchObject({ phase: 'finished', lanes: { active: [] } })
    })
    expect(fleet).toMatchObject({ done: 40, queued: 0, status: 'finished' })
    expect(fleet.mostAtOnce).toBeLessThanOrEqual(3)
  })

  test('paused softly it ends the renders under way, resumed it goes on', async () => {
    const fleet = toy({ renderMs: 60 })
    const studyId = randomUUID()
    await fleet.serving(address, async () => {
      await motor.start(studyId, { lanes: 2 })
      await until('it renders', () => fleet.done > 3)
      expect(await motor.pause(studyId, 'soft')).toMatchObject({ phase: 'paused' })
      await until('its lanes have ended', async () => (await motor.state(studyId))?.lanes.active.length === 0)
      const done = fleet.done
      await sleep(400)
      expect([fleet.done, fleet.checkpoints, fleet.queued]).toEqual([done, 0, 40 - done])

      await motor.resume(studyId)
      expect(await outcome(studyId)).toMatchObject({ phase: 'finished' })
    })
    expect(fleet.done).toBe(40)
  })

  test('paused hard its renders stop with a checkpoint', async () => {
    const fleet = toy({ cells: 4, renderMs: 20_000 })
    const studyId = randomUUID()
    await fleet.serving(address, async () => {
      await motor.start(studyId, { lanes: 2 })
      await until('both lanes render', () => fleet.rendering === 2)
      await motor.pause(studyId, 'hard')
      await until('both have stopped', () => fleet.checkpoints === 2)
      expect(fleet.done).toBe(0)
      expect(fleet.said).toEqual(['paused'])

      fleet.options.renderMs = 10
      await motor.resume(studyId)
      expect(await outcome(studyId)).toMatchObject({ phase: 'finished' })
    })
    expect(fleet.done).toBe(4)
  })

  test('cancelled: the ledger hears it first, the lanes stop with a checkpoint, and a new start goes on', async () => {
    const fleet = toy({ cells: 4, renderMs: 20_000 })
    const studyId = randomUUID()
    await fleet.serving(address, async () => {
      await motor.start(studyId, { lanes: 1 })
      await until('it renders', () => fleet.rendering === 1)
      await motor.cancel(studyId)
      expect(fleet.status).toBe('cancelled')
      expect(await outcome(studyId)).toMatchObject({ phase: 'cancelled', lanes: { active: [] } })
      expect(fleet).toMatchObject({ checkpoints: 1, queued: 4, rendering: 0 })

      fleet.options.renderMs = 10
      await motor.start(studyId)
      await until('it has finished', () => fleet.status === 'finished')
    })
    expect(fleet.done).toBe(4)
  })

  test('with failed cells runs again for them, though it had ended', async () => {
    const fleet = toy({ cells: 3 })
    const studyId = randomUUID()
    await fleet.serving(address, async () => {
      await motor.start(studyId)
      await outcome(studyId)
      fleet.failed = 2
      expect(await motor.retryFailed(studyId)).toBe(2)
      await until('it has finished again', () => fleet.status === 'finished')
    })
    expect(fleet.done).toBe(5)
  })

  test('that cannot be expanded holds and says why', async () => {
    const fleet = toy({ enqueueFails: "No worker holds the pack 'gone'." })
    const studyId = randomUUID()
    await fleet.serving(address, async () => {
      await motor.start(studyId)
      await until('it holds', async () => (await motor.state(studyId))?.phase === 'paused')
      expect(await motor.state(studyId)).toMatchObject({ problem: "No worker holds the pack 'gone'." })

      fleet.options.enqueueFails = undefined
      await motor.resume(studyId)
      expect(await outcome(studyId)).toMatchObject({ phase: 'finished', problem: null })
    })
  })

  test('takes more and fewer lanes while it runs', async () => {
    const fleet = toy({ cells: 400, renderMs: 30 })
    const studyId = randomUUID()
    await fleet.serving(address, async () => {
      await motor.start(studyId, { lanes: 1 })
      await until('it renders', () => fleet.rendering === 1)
      await motor.setLanes(studyId, 4)
      await until('four render', () => fleet.rendering === 4)
      await motor.setLanes(studyId, 2)
      await until('two lanes are left', async () => (await motor.state(studyId))?.lanes.active.length === 2)
      await expect(motor.setLanes(studyId, 0)).rejects.toMatchObject({ code: 'invalid_input' })
      await motor.cancel(studyId)
      await outcome(studyId)
    })
  })

  test('cancelled with the tools of Temporal tells the ledger and stops its lanes', async () => {
    const fleet = toy({ cells: 4, renderMs: 20_000 })
    const studyId = randomUUID()
    await fleet.serving(address, async () => {
      await motor.start(studyId, { lanes: 1 })
      await until('it renders', () => fleet.rendering === 1)
      await client.workflow.getHandle(studyWorkflowId(studyId)).cancel()
      expect(await outcome(studyId)).toMatchObject({ phase: 'cancelled' })
    })
    expect(fleet).toMatchObject({ status: 'cancelled', checkpoints: 1, queued: 4 })
  })
})

describe('histories stay short', () => {
  /** Events of every run of a workflow. */
  const lengths = async (workflowId: string): Promise<number[]> => {
    const found: number[] = []
    for await (const run of client.workflow.list({ query: `WorkflowId = '${workflowId}'` }))
      found.push(run.historyLength)

    return found
  }

  test('a lane continues as new between two calls, and nothing is rendered twice', async () => {
    const fleet = toy({ cells: 400, renderMs: 1 })
    const studyId = randomUUID()
    await fleet.serving(address, async () => {
      await motor.start(studyId, { lanes: 1 })
      await outcome(studyId)
    })
    const runs = await lengths(laneWorkflowId(studyId, 1))
    expect(runs.length).toBeGreaterThanOrEqual(3)
    expect(Math.max(...runs)).toBeLessThan(200)
    expect(fleet).toMatchObject({ done: 400, queued: 0 })
  })

  test('a study that is told a lot continues as new while it is paused, and stays so', async () => {
    const fleet = toy({ cells: 40 })
    const studyId = randomUUID()
    await fleet.serving(address, async () => {
      await motor.start(studyId, { lanes: 1 })
      await motor.pause(studyId, 'hard')
      for (let n = 0; n < 30; n++) await motor.setPriority(studyId, n % 2 === 0 ? 1 : 5)
      expect(await motor.state(studyId)).toMatchObject({ phase: 'paused', priority: 5 })
      await motor.resume(studyId)
      await outcome(studyId)
    })
    const runs = await lengths(studyWorkflowId(studyId))
    expect(runs.length).toBeGreaterThanOrEqual(2)
    expect(Math.max(...runs)).toBeLessThan(250)
    expect(fleet.done).toBe(40)
  })
})

test('lanes queue with the study as fairness key and the priority of today', async () => {
  const fleet = toy({ cells: 400, renderMs: 10, perCall: 3 })
  const studyId = randomUUID()
  await fleet.serving(address, async () => {
    await motor.start(studyId, { lanes: 1 })
    await until('it renders', () => fleet.done > 3)
    await motor.setPriority(studyId, 1)
    const calls = fleet.calls
    await until('the next calls are queued', () => fleet.calls > calls + 3)
    await motor.cancel(studyId)
    await outcome(studyId)
  })

  const history = await client.workflow.getHandle(laneWorkflowId(studyId, 1)).fetchHistory()
  const scheduled = (history.events ?? []).flatMap(
    (event) => event.activityTaskScheduledEventAttributes ?? [],
  )
  expect(scheduled.at(0)?.priority).toMatchObject({ priorityKey: 3, fairnessKey: studyId })
  expect(scheduled.at(-1)?.priority).toMatchObject({ priorityKey: 1, fairnessKey: studyId })
})

describe('commands', () => {
  test('for a study whose motor does not run are a conflict', async () => {
    const fleet = toy({ cells: 1 })
    const studyId = randomUUID()
    await fleet.serving(address, async () => {
      await expect(motor.pause(studyId)).rejects.toMatchObject({ code: 'conflict' })
      expect(await motor.state(studyId)).toBeNull()
      await motor.start(studyId)
      await outcome(studyId)
      await expect(motor.cancel(studyId)).rejects.toMatchObject({ code: 'conflict' })
    })
  })

  test('to a Temporal that is away are unavailable, and say where it should be', async () => {
    const nowhere = await connectMotor({ address: '127.0.0.1:9', patience: 1_500 })
    await expect(nowhere.start(randomUUID())).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining('127.0.0.1:9'),
    })
    expect(await nowhere.healthy()).toBe(false)
    expect(await motor.healthy()).toBe(true)
    await nowhere.close()
  })
})
