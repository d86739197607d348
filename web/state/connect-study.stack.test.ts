import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Readable } from 'node:stream'
import type { ReadableStream } from 'node:stream/web'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  createStudy,
  enqueueCells,
  finishEnqueue,
  listCells,
  markCells,
  migrate,
  readCellColumns,
  registerPacks,
  setStudyStatus,
  statusLine,
} from '#prisma'
import { createTestDatabase } from '#prisma/testing'
import { expandPlan, makePlan } from '#study'
import { smallPack } from '#study/testing'
import { GET as getColumns } from '../app/api/studies/[id]/columns/route.ts'
import { GET as getEvents } from '../app/api/studies/[id]/events/route.ts'
import { ledger } from '../server/ledger.ts'
import { readProgress, readStudy } from '../server/read-study.ts'
import { CellStore } from './cell-store.ts'
import { connectStudy } from './connect-study.ts'

const size = 40
let drop: () => Promise<void>

beforeAll(async () => {
  const database = await createTestDatabase()
  drop = database.drop
  process.env.DATABASE_URL = database.url
  process.env.LOG_LEVEL = 'silent'
  await migrate(database.url)
  await registerPacks(ledger(), [smallPack])
})
afterAll(async () => {
  await ledger().close()
  await drop()
})

/** The two routes a live screen needs, on a real socket, so that they can be cut off. */
async function serve(port = 0): Promise<{ port: number; die(): Promise<void> }> {
  const server: Server = createServer(async (incoming, outgoing) => {
    const url = new URL(incoming.url!, 'http://127.0.0.1')
    const [, , , id, what] = url.pathname.split('/')
    const route = what === 'events' ? getEvents : getColumns
    const answer = await route(new Request(url), { params: Promise.resolve({ id: id! }) })
    outgoing.writeHead(answer.status, Object.fromEntries(answer.headers))
    const body = Readable.fromWeb(answer.body as ReadableStream)
    outgoing.on('close', () => body.destroy())
    body.on('error', () => outgoing.destroy()).pipe(outgoing)
  })
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')

  return {
    port: (server.address() as AddressInfo).port,
    die: async () => {
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
}

async function runningStudy(): Promise<string> {
  const { plan } = makePlan(
    {
      teststrip: 1,
      title: 'Watched',
      pack: smallPack.name,
      recipe: {},
      axes: [`seed seeds ${size} from 1000`],
    },
    smallPack,
  )
  const { id } = await createStudy(ledger(), { file: plan!.file })
  await enqueueCells(ledger(), { studyId: id, pack: smallPack, base: plan!.base, cells: expandPlan(plan!) })
  await finishEnqueue(ledger(), { studyId: id, size })
  await setStudyStatus(ledger(), id, 'running')

  return id
}

/** Counts how often a cell is put with a rating it has already. */
function watched(start: ConstructorParameters<typeof CellStore>[0]) {
  const store = new CellStore(start)
  const told: string[] = []
  const apply = store.apply.bind(store)
  store.apply = (frame) => {
    for (const { seq, rating } of frame.cells) if (rating !== null) told.push(`${seq} ${rating}`)
    apply(frame)
  }

  return { store, told }
}

test('a server that dies and returns costs no cell and tells none twice', { timeout: 60_000 }, async () => {
  const id = await runningStudy()
  const { version, cells } = await listCells(ledger(), id)
  const progress = await readProgress(await readStudy(id))
  const { store, told } = watched({ size, version, edition: 1, progress, cells: cells as never })
  let server = await serve()
  const leave = connectStudy(store, `http://127.0.0.1:${server.port}/api/studies/${id}`)
  const states: string[] = []
  store.watchAll(() => {
    const { state } = store.connection()
    if (states.at(-1) !== state) states.push(state)
  })

  try {
    for (let turn = 0; turn < 4; turn++) {
      for (let seq = turn * 10; seq < turn * 10 + 5; seq++)
        await markCells(ledger(), id, [seq], { rating: 3 })
      const { port } = server
      await server.die()
      for (let seq = turn * 10 + 5; seq < turn * 10 + 10; seq++)
        await markCells(ledger(), id, [seq], { rating: 3 })
      await expect.poll(() => store.connection().state, { timeout: 20_000 }).toBe('lost')
      server = await serve(port)
      await expect.poll(() => told.length, { timeout: 20_000 }).toBe((turn + 1) * 10)
    }
    expect(new Set(told).size).toBe(size)
    expect(Array.from({ length: size }, (_, seq) => store.cell(seq)?.cell.rating)).toEqual(
      Array.from({ length: size }, () => 3),
    )
    expect(store.connection()).toEqual({ state: 'live' })
    expect(states.filter((state) => state === 'lost')).toHaveLength(4)
  } finally {
    leave()
    await server.die()
  }
})

test('a large study’s packed cells come by themselves, and say what the ledger says', async () => {
  const id = await runningStudy()
  await markCells(ledger(), id, [7], { mark: 'star', rating: 5, note: 'this one' })
  const { version, line } = await statusLine(ledger(), id, size)
  expect(line).toBe('2'.repeat(size))
  const { records } = await readCellColumns(ledger(), id, { from: 0, to: 10 })
  expect(records.byteLength).toBe(420)

  const progress = await readProgress(await readStudy(id))
  const store = new CellStore({ size, version, edition: 1, progress, statusLine: line })
  const server = await serve()
  const leave = connectStudy(store, `http://127.0.0.1:${server.port}/api/studies/${id}`)
  try {
    await expect.poll(() => store.complete, { timeout: 20_000 }).toBe(true)
    expect(store.cell(7)?.cell).toMatchObject({ mark: 'star', rating: 5, status: 'queued', whole: false })
    expect(store.cell(8)?.cell).toMatchObject({ mark: null, rating: null })
  } finally {
    leave()
    await server.die()
  }
})
