import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  createStudy,
  enqueueCells,
  finishEnqueue,
  getStudy,
  heartbeatDevice,
  type Ledger,
  setStudyStatus,
} from '#prisma'
import { expandPlan, makePlan, type StudyFile } from '#study'
import { smallPack as pack } from '#study/testing'
import { GET as getDevices, PATCH as patchDevice } from '../app/api/devices/route.ts'
import { POST as postExtend } from '../app/api/studies/[id]/extend/route.ts'
import { GET as getOne } from '../app/api/studies/[id]/route.ts'
import { GET as getStudies } from '../app/api/studies/route.ts'
import { ledger as ofServer } from './ledger.ts'
import { openServedLedger } from './served-ledger.testing.ts'

const root = resolve(import.meta.dirname, '..', '..')
const folder = mkdtempSync(join(tmpdir(), 'teststrip-command-line-'))
let ledger: Ledger
let server: Server
let url: string

type Handler = (request: Request, context: never) => Promise<Response>
const routes: [method: string, path: RegExp, handler: Handler][] = [
  ['GET', /^\/api\/studies$/, getStudies],
  ['GET', /^\/api\/studies\/(?<id>[^/]+)$/, getOne as Handler],
  ['POST', /^\/api\/studies\/(?<id>[^/]+)\/extend$/, postExtend as Handler],
  ['GET', /^\/api\/devices$/, getDevices],
  ['PATCH', /^\/api\/devices$/, patchDevice],
]

beforeAll(async () => {
  ledger = await openServedLedger()
  // The real handlers behind a bare server: what Next.js adds is not what is tested.
  server = createServer(async (incoming, outgoing) => {
    const at = new URL(incoming.url!, 'http://127.0.0.1')
    const [, path, handler] = routes.find(
      ([method, path]) => method === incoming.method && path.test(at.pathname),
    )!
    const body: Buffer[] = []
    for await (const chunk of incoming) body.push(chunk as Buffer)
    const request = new Request(at, {
      method: incoming.method,
      headers: incoming.headers as Record<string, string>,
      ...(body.length > 0 ? { body: Buffer.concat(body) } : {}),
    })
    const params = Promise.resolve({ ...path.exec(at.pathname)!.groups })
    const response = await handler(request, { params } as never)
    outgoing.writeHead(response.status, { 'content-type': 'application/json' }).end(await response.text())
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  url = `http://127.0.0.1:${(server.address() as { port: number }).port}`
})
afterAll(async () => {
  server.close()
  await ofServer().close()
  await ledger.close()
  rmSync(folder, { recursive: true, force: true })
})

/** Runs the command line as a person would, against this test's ledger and handlers. */
const teststrip = (...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> =>
  new Promise((ended) =>
    execFile(
      process.execPath,
      [join(root, 'cli', 'teststrip.mjs'), ...args],
      {
        cwd: folder,
        env: {
          ...process.env,
          TESTSTRIP_URL: url,
          TESTSTRIP_DATA: folder,
          TESTSTRIP_BLOBS: join(folder, 'blobs'),
        },
      },
      (error, stdout, stderr) => ended({ code: error ? Number(error.code) : 0, stdout, stderr }),
    ),
  )

const file: StudyFile = { teststrip: 1, title: 'Eta', pack: pack.name, recipe: {}, axes: ['eta 0, 1'] }

const runningStudy = async (): Promise<string> => {
  const { id } = await createStudy(ledger, { file })
  const { plan } = makePlan(file, pack)
  await enqueueCells(ledger, { studyId: id, pack, base: plan!.base, cells: expandPlan(plan!) })
  await finishEnqueue(ledger, { studyId: id, size: plan!.size })
  await setStudyStatus(ledger, id, 'running')

  return id
}

test('study extend gives a study its new file, unless it was edited since', async () => {
  const id = await runningStudy()
  const longer = join(folder, 'longer.study.yaml')
  writeFileSync(longer, JSON.stringify({ ...file, axes: ['eta 0, 0.5, 1'] }))

  const first = await teststrip('study', 'extend', id, longer, '--edition', '1', '--json')
  expect(first, first.stderr).toMatchObject({ code: 0 })
  expect(JSON.parse(first.stdout)).toMatchObject({ id, status: 'running' })
  expect(await getStudy(ledger, id)).toMatchObject({ edition: 2, file: { axes: ['eta 0, 0.5, 1'] } })

  const late = await teststrip('study', 'extend', id, longer, '--edition', '1')
  expect(late).toMatchObject({ code: 1, stdout: '' })
  expect(late.stderr).toMatch(/edited meanwhile: it is at edition 2, the change was made from 1/)
  expect(await teststrip('study', 'extend', id, longer, '--edition', 'new')).toMatchObject({ code: 2 })
  expect((await getStudy(ledger, id))!.edition).toBe(2)
})

test('devices are listed, set aside with a reason, limited and brought back', async () => {
  const device = { id: 'lab/cpu', host: 'lab', kind: 'cpu', memory: 8e9, packs: [pack.name], speed: null }
  await heartbeatDevice(ledger, device)
  expect((await teststrip('devices')).stdout).toContain('lab/cpu')
  expect(await teststrip('devices', 'aside', 'lab/cpu')).toMatchObject({ code: 0 })
  expect((await teststrip('devices')).stdout).toMatch(/lab\/cpu.*set aside/s)
  expect(await teststrip('devices', 'limit', 'lab/cpu', '--memory', '2')).toMatchObject({ code: 0 })
  expect(await teststrip('devices', 'back', 'lab/cpu')).toMatchObject({ code: 0 })
  expect(await heartbeatDevice(ledger, device)).toEqual({ aside: null, memoryLimit: 2e9, batchLimit: null })
  expect(await teststrip('devices', 'back', 'nowhere/cpu')).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('nowhere/cpu'),
  })
})

test('doctor --ledger finds a sound ledger sound, and names what is broken', async () => {
  await runningStudy()
  const sound = await teststrip('doctor', '--ledger', '--json')
  expect(sound, sound.stderr).toMatchObject({ code: 0 })
  expect((JSON.parse(sound.stdout) as { ok: boolean }[]).every(({ ok }) => ok)).toBe(true)

  const { id } = await createStudy(ledger, { file })
  await ledger.pool.query(`update "Study" set status = 'running', "startedAt" = null where id = $1`, [id])
  const broken = await teststrip('doctor', '--ledger')
  expect(broken).toMatchObject({ code: 1, stderr: expect.stringMatching(/not sound: ends-are-told \(1\)/) })
  expect(broken.stdout).toMatch(new RegExp(`bad .*\\n +study ${id}`))
})
