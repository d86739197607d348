import { createHash } from 'node:crypto'
import { readdirSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { readSheet } from '#charts/print'
import { cancelPrint, getPrint, type Print, requestPrint } from '#prisma'
import { startPostgres } from '../../scripts/stack/postgres.ts'
import { startTemporal } from '../../scripts/stack/temporal.ts'
import { Fleet, testFolder, until, type WorkerProcess } from '../testing/fleet.ts'

const root = resolve(import.meta.dirname, '../..')
const data = testFolder()
let fleet: Fleet
let worker: WorkerProcess
let studyId: string

beforeAll(async () => {
  const [postgres, temporal] = await Promise.all([
    startPostgres({ data, durable: false }),
    startTemporal({ data, tools: join(root, 'var', 'tools'), namespace: 'default', say: () => undefined }),
  ])
  fleet = await Fleet.open(data, { postgres, temporal })
  worker = await fleet.startWorker().ready()
  studyId = await fleet.createStudy({ seeds: 2, steps: 2 })
  await fleet.motor.start(studyId)
  await fleet.finished(studyId)
})
afterAll(async () => {
  await fleet?.close()
  rmSync(data, { recursive: true, force: true })
})

const keyOf = (request: unknown) => createHash('sha256').update(JSON.stringify(request)).digest('hex')
const ask = async (request: object): Promise<string> => {
  const whole = { version: '1', options: { theme: 'light' }, format: 'png', ...request }
  const key = keyOf(whole)
  await requestPrint(fleet.ledger, { key, studyId, request: whole })
  await fleet.motor.print(key)

  return key
}
const ended = async (key: string): Promise<Print> => {
  let print: Print | null = null
  await until(`the print ${key} has ended`, async () => {
    print = await getPrint(fleet.ledger, key)

    return print !== null && ['done', 'failed', 'cancelled'].includes(print.status)
  })

  return print!
}

it('a sheet becomes a file of the blobs that carries its study, equal bytes for equal wishes', async () => {
  const first = await ended(await ask({}))
  expect(first).toMatchObject({ status: 'done', drawn: 4, of: 4, error: null })
  const bytes = (await fleet.blobs.get(first.blob!))!
  expect(bytes.byteLength).toBe(first.bytes)
  expect((await readSheet(bytes)).renderKeys).toHaveLength(4)

  const second = await ended(await ask({ version: '2' }))
  expect(second.blob).toBe(first.blob)
  expect(readdirSync(join(data, 'prints'))).toEqual([])
})

it('a page to explore is one file with every picture inside', async () => {
  const { blob } = await ended(await ask({ format: 'html' }))
  const page = Buffer.from((await fleet.blobs.get(blob!))!).toString()
  expect(page.match(/data-type="image\/png"/g)).toHaveLength(4)
})

it('of several pages a picture holds one, the first unless another is wished', async () => {
  const apart = { view: { columns: [0], rows: [], pages: [1] }, options: { theme: 'light', pages: 'apart' } }
  const [first, same, second] = [
    await ended(await ask(apart)),
    await ended(await ask({ ...apart, page: 0 })),
    await ended(await ask({ ...apart, page: 1 })),
  ]
  expect([first.status, same.status, second.status]).toEqual(['done', 'done', 'done'])
  expect(same.blob).toBe(first.blob)
  expect(second.blob).not.toBe(first.blob)
})

it('what cannot be printed fails in one sentence and is not tried again', async () => {
  const print = await ended(await ask({ format: 'gif' }))
  expect(print).toMatchObject({ status: 'failed', blob: null })
  expect(print.error).toMatch(/^GIF goes along one axis.*\.$/)
})

it('a print that nobody wants any more is not begun', async () => {
  const request = { version: '9', options: { theme: 'dark' }, format: 'png' }
  const key = keyOf(request)
  await requestPrint(fleet.ledger, { key, studyId, request })
  await cancelPrint(fleet.ledger, key)
  await fleet.motor.print(key)
  await ended(await ask({ version: '10' }))
  expect(await getPrint(fleet.ledger, key)).toMatchObject({ status: 'cancelled', of: 0 })
})

it('a print outlives the worker that was to make it', async () => {
  worker.kill()
  await worker.ended
  const key = await ask({ version: '11' })
  expect(await getPrint(fleet.ledger, key)).toMatchObject({ status: 'queued' })
  worker = await fleet.startWorker({ role: 'studio' }).ready()
  expect(await ended(key)).toMatchObject({ status: 'done' })
})
