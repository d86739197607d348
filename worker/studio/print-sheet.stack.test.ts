import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { readSheet } from '#charts/print'
import { cancelPrint, getPrint, type Print, requestPrint } from '#prisma'
import { Fleet, until, type WorkerProcess } from '../testing/fleet.ts'

let fleet: Fleet
let worker: WorkerProcess
let studyId: string

beforeAll(async () => {
  fleet = await Fleet.open()
  worker = await fleet.startWorker().ready()
  studyId = await fleet.createStudy({ seeds: 2, steps: 2 })
  await fleet.motor.start(studyId)
  await fleet.finished(studyId)
})
afterAll(() => fleet.close())

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
  expect(readdirSync(join(fleet.data, 'prints'))).toEqual([])
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

it('a print whose worker is killed in the middle of it becomes the same file', async () => {
  const { blob } = await ended(await ask({ version: '20' }))
  // Whoever reads this picture waits, for nobody writes into the pipe that stands in its place.
  const [sha] = (await fleet.pictures(studyId)) as [string]
  const path = join(fleet.data, 'blobs', sha.slice(0, 2), sha.slice(2, 4), sha)
  const bytes = readFileSync(path)
  rmSync(path)
  execFileSync('mkfifo', [path])
  const key = await ask({ version: '21' })
  await until('it is being printed', async () => (await getPrint(fleet.ledger, key))?.status === 'printing')
  worker.kill()
  await worker.ended
  rmSync(path)
  writeFileSync(path, bytes)

  worker = await fleet.startWorker({ role: 'studio' }).ready()
  expect(await ended(key)).toMatchObject({ status: 'done', blob })
  expect(readdirSync(join(fleet.data, 'prints'))).toEqual([])
})

it('a print outlives the worker that was to make it', async () => {
  worker.kill()
  await worker.ended
  const key = await ask({ version: '11' })
  expect(await getPrint(fleet.ledger, key)).toMatchObject({ status: 'queued' })
  worker = await fleet.startWorker({ role: 'studio' }).ready()
  expect(await ended(key)).toMatchObject({ status: 'done' })
})
