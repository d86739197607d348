import { connect, createServer, type Server } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Fleet, isAlive, until, type WorkerProcess } from './testing/fleet.ts'

/**
 * Kill -9 of everything in the middle of a study. Each time the same four pictures are rendered anew, and each time
 * they must be the ones of a study that nothing disturbed, byte for byte, every cell done once.
 */
const study = { seeds: 2, steps: 50 }
let fleet: Fleet
let worker: WorkerProcess
let undisturbed: (string | null)[]

beforeAll(async () => {
  fleet = await Fleet.open({ durable: true })
  worker = await fleet.startWorker().ready()

  const studyId = await fleet.createStudy(study)
  await fleet.motor.start(studyId)
  await fleet.finished(studyId)
  undisturbed = await fleet.pictures(studyId)
}, 240_000)

afterAll(() => fleet.close())

/** A study of the same cells over an empty ledger, caught when its second picture is half done. */
async function startAgain(): Promise<string> {
  await fleet.empty()
  const studyId = await fleet.createStudy(study)
  await fleet.motor.start(studyId)
  await until('one picture is done', async () => (await fleet.done(studyId)) >= 1)
  await fleet.renderingPast(studyId, 10)

  return studyId
}

/** Ends well: everything there, once, and the same. */
async function expectUndisturbed(studyId: string): Promise<void> {
  await fleet.finished(studyId)
  expect(await fleet.pictures(studyId)).toEqual(undisturbed)
  const { rows } = await fleet.ledger.pool.query('select status, claim, image from "Render"')
  expect(rows).toHaveLength(4)
  for (const row of rows) expect(row).toMatchObject({ status: 'done' })
}

describe('killed in the middle of a study', () => {
  test('the renderer: another takes its place', async () => {
    const studyId = await startAgain()
    const killed = worker.rendererPid
    process.kill(killed, 'SIGKILL')
    await expectUndisturbed(studyId)

    expect(worker.said('renderer died')).toMatchObject([{ deaths: 1, how: 'killed by SIGKILL' }])
    expect(worker.rendererPid).not.toBe(killed)
  })

  test('the worker: its renderer ends by itself, and the next worker takes over at once', async () => {
    const studyId = await startAgain()
    const orphan = worker.rendererPid
    worker.kill()
    await until('the orphaned renderer is gone', () => !isAlive(orphan))

    worker = await fleet.startWorker().ready()
    await expectUndisturbed(studyId)
  })

  test('the Temporal server', async () => {
    const studyId = await startAgain()
    const killed = fleet.servers.temporal.service.pid()!
    process.kill(killed, 'SIGKILL')
    await until('it is gone', () => !isAlive(killed))
    await expectUndisturbed(studyId)
    expect(fleet.servers.temporal.service.pid()).not.toBe(killed)
  })

  test('Postgres', async () => {
    const studyId = await startAgain()
    const killed = fleet.servers.postgres.service.pid()!
    process.kill(killed, 'SIGKILL')
    await until('it is gone', () => !isAlive(killed))
    await expectUndisturbed(studyId)
    expect(fleet.servers.postgres.service.pid()).not.toBe(killed)
  })

  test('everything at once', async () => {
    const studyId = await startAgain()
    const { postgres, temporal } = fleet.servers
    for (const pid of [worker.pid, postgres.service.pid()!, temporal.service.pid()!])
      process.kill(pid, 'SIGKILL')
    await worker.ended

    worker = await fleet.startWorker().ready()
    await expectUndisturbed(studyId)
  })
})

test('after a kill a long render goes on from its last checkpoint, which makes up for deaths before it', async () => {
  const studyId = await fleet.createStudy({ seeds: 1, steps: 250, etas: '0', from: 50 })
  await fleet.motor.start(studyId)
  const saved = async (): Promise<number> => {
    const { rows } = await fleet.ledger.pool.query<{ step: number }>(
      'select step from "Render" where checkpoint is not null',
    )

    return rows[0]?.step ?? 0
  }
  const begun = () => worker.said('render begins').filter((line) => line.study === studyId)
  for (let n = 1; n <= 2; n++) {
    await until('it is begun', () => begun().length === n)
    await fleet.renderingPast(studyId, 0)
    process.kill(worker.rendererPid, 'SIGKILL')
  }
  await until('it has a checkpoint', async () => (await saved()) > 0)
  const step = await saved()
  process.kill(worker.rendererPid, 'SIGKILL')
  await fleet.finished(studyId)

  expect(begun().map((line) => line.fromStep)).toEqual([0, 0, 0, expect.any(Number)])
  expect(begun()[3]!.fromStep).toBeGreaterThanOrEqual(step)
  expect(await fleet.done(studyId)).toBe(1)
})

test('a picture at which the renderer dies three times fails alone', async () => {
  const studyId = await fleet.createStudy({ seeds: 1, steps: 150, etas: '0, 1', from: 70 })
  await fleet.motor.start(studyId)
  const begun = () => worker.said('render begins').filter((line) => line.study === studyId)
  for (let n = 1; n <= 3; n++) {
    await until('it is begun again', () => begun().length === n)
    await fleet.renderingPast(studyId, 2)
    process.kill(worker.rendererPid, 'SIGKILL')
  }
  await fleet.finished(studyId)

  const cells = await fleet.cells(studyId)
  expect(cells.map((cell) => cell.status).sort()).toEqual(['done', 'failed'])
  expect(cells.find((cell) => cell.status === 'failed')!.error).toContain('died 3 times')
})

test('a worker that starts before its servers waits for them', async () => {
  await worker.stop()
  const { postgres, temporal } = fleet.servers
  const ledgerUrl = new URL(postgres.url)
  const motorUrl = new URL(`http://${temporal.address}`)
  const ports = { ledger: await closedPort(), motor: await closedPort() }
  worker = fleet.startWorker({
    env: {
      DATABASE_URL: Object.assign(new URL(postgres.url), { port: String(ports.ledger) }).href,
      TEMPORAL_ADDRESS: `127.0.0.1:${ports.motor}`,
    },
  })
  await until('it waits for Postgres', () => worker.said('could not, will try again').length > 1)

  const gates = [await openGate(ports.ledger, Number(ledgerUrl.port))]
  await until('it waits for Temporal', () =>
    worker.said('could not, will try again').some((line) => line.what === 'reach Temporal'),
  )
  gates.push(await openGate(ports.motor, Number(motorUrl.port)))
  await worker.ready()

  const studyId = await fleet.createStudy({ seeds: 1, steps: 6, from: 90 })
  await fleet.motor.start(studyId)
  await fleet.finished(studyId)
  expect(await worker.stop()).toBe(0)
  for (const gate of gates) gate.close()
})

/** A port that nobody listens on until its gate is opened. */
async function closedPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const address = server.address() as { port: number }
  await new Promise((resolve) => server.close(resolve))

  return address.port
}

async function openGate(from: number, to: number): Promise<Server> {
  const gate = createServer((socket) => {
    const beyond = connect(to, '127.0.0.1')
    socket.pipe(beyond).pipe(socket)
    for (const end of [socket, beyond]) end.on('error', () => undefined)
  }).listen(from, '127.0.0.1')
  await new Promise((resolve) => gate.once('listening', resolve))

  return gate
}
