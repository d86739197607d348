import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createStudy, enqueueCells, finishEnqueue, getStudy, type Ledger, setStudyStatus } from '#prisma'
import { expandPlan, makePlan, type StudyFile } from '#study'
import { smallPack as pack } from '#study/testing'
import { POST as postExtend } from '../app/api/studies/[id]/extend/route.ts'
import { POST as postResume } from '../app/api/studies/[id]/resume/route.ts'
import { GET as getWire, PUT as putStudy } from '../app/api/studies/[id]/route.ts'
import { ledger as ofServer } from './ledger.ts'
import { openServedLedger } from './served-ledger.testing.ts'

let ledger: Ledger
beforeAll(async () => {
  ledger = await openServedLedger()
})
afterAll(async () => {
  await ofServer().close()
  await ledger.close()
})

const file: StudyFile = {
  teststrip: 1,
  title: 'Eta',
  pack: pack.name,
  recipe: {},
  axes: ['eta 0, 1', 'seed 1, 2'],
}

const inLedger = async (status: 'draft' | 'running' | 'paused' | 'cancelled'): Promise<string> => {
  // A prompt of its own, so that no two tests share a picture.
  const own = { ...file, recipe: { text_prompts: { '0': [randomUUID()] } } }
  const { id } = await createStudy(ledger, { file: own })
  if (status === 'draft') return id
  const { plan } = makePlan(own, pack)
  await enqueueCells(ledger, { studyId: id, pack, base: plan!.base, cells: expandPlan(plan!) })
  await finishEnqueue(ledger, { studyId: id, size: plan!.size })
  await setStudyStatus(ledger, id, 'running')
  if (status !== 'running') await setStudyStatus(ledger, id, status)

  return id
}

const send = async (
  route: typeof postExtend,
  id: string,
  body: unknown = {},
  headers: Record<string, string> = {},
): Promise<{ status: number; body: Record<string, unknown> }> => {
  const request = new Request('http://127.0.0.1/', {
    method: 'POST',
    body: typeof body === 'string' ? body : JSON.stringify(body),
    headers,
  })
  const response = await route(request, { params: Promise.resolve({ id }) })

  return { status: response.status, body: (await response.json()) as Record<string, unknown> }
}

test('takes the parts that change, and leaves the rest as it is', async () => {
  const id = await inLedger('running')
  expect(await send(postExtend, id, { axes: ['eta 0, 0.5, 1', 'seed 1, 2'] })).toMatchObject({ status: 200 })

  const study = await getStudy(ledger, id)
  expect(study).toMatchObject({ edition: 2, expanded: 1, title: 'Eta', status: 'running' })
  expect(study!.file).toMatchObject({ axes: ['eta 0, 0.5, 1', 'seed 1, 2'], pack: pack.name })
  // Again with a whole file, as YAML.
  const yaml = `teststrip: 1\ntitle: Seeds\npack: ${pack.name}\naxes:\n  - seeds 3 from 1\n`
  expect(await send(postExtend, id, yaml)).toMatchObject({ status: 200 })
  expect((await getStudy(ledger, id))!.file).toMatchObject({
    title: 'Seeds',
    recipe: {},
    axes: ['seeds 3 from 1'],
  })
})

test('answers a change made from an older edition with 409 and the present one', async () => {
  const id = await inLedger('running')
  const read = await getWire(new Request('http://127.0.0.1/'), { params: Promise.resolve({ id }) })
  expect(await read.json()).toMatchObject({ edition: 1 })

  expect(await send(postExtend, id, { title: 'First' }, { 'if-match': '"1"' })).toMatchObject({ status: 200 })
  expect(await send(postExtend, id, { title: 'Late' }, { 'if-match': '"1"' })).toMatchObject({
    status: 409,
    body: { error: { code: 'conflict', details: { edition: 2 } } },
  })
  expect(await getStudy(ledger, id)).toMatchObject({ title: 'First', edition: 2 })
  expect(await send(postExtend, id, {}, { 'if-match': 'W/"x"' })).toMatchObject({ status: 400 })

  const draft = await inLedger('draft')
  expect(await send(putStudy, draft, file, { 'if-match': '"7"' })).toMatchObject({
    status: 409,
    body: { error: { details: { edition: 1 } } },
  })
})

test('changes nothing when anything speaks against the new file', async () => {
  const id = await inLedger('running')
  const before = await getStudy(ledger, id)

  for (const change of [
    { axes: ['etta 0, 1'] },
    { axis: ['eta 0'] },
    { skip: ['eta >= 0'] },
    { pack: 'none' },
  ])
    expect((await send(postExtend, id, change)).status).toBeGreaterThanOrEqual(400)
  expect(await getStudy(ledger, id)).toEqual(before)
})

test('leaves a paused study paused, and expands it when it is resumed', async () => {
  const id = await inLedger('paused')
  await send(postExtend, id, { axes: ['eta 0, 0.5, 1', 'seed 1, 2'] })
  expect(await getStudy(ledger, id)).toMatchObject({ status: 'paused', edition: 2, expanded: 1 })

  expect(await send(postResume, id)).toMatchObject({ status: 200, body: { status: 'running' } })
})

test('lets a cancelled study wait until it is started', async () => {
  const id = await inLedger('cancelled')
  expect(await send(postExtend, id, { notes: 'Longer.' })).toMatchObject({
    status: 200,
    body: { status: 'cancelled' },
  })
})
