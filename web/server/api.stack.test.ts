import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sha256 } from '#blobs'
import {
  claimRenders,
  enqueueCells,
  finishRender,
  heartbeatDevice,
  migrate,
  registerPacks,
  reportProgress,
  setStudyStatus,
} from '#prisma'
import { expandPlan, makePlan, type StudyFile } from '#study'
import { barePack as pack } from '#study/testing'
import { GET as getDevices, PATCH as patchDevice } from '../app/api/devices/route.ts'
import { GET as getHealth } from '../app/api/health/route.ts'
import { GET as getOpenApi } from '../app/api/openapi.json/route.ts'
import { POST as postPicture } from '../app/api/pictures/route.ts'
import { POST as postPreflight } from '../app/api/preflight/route.ts'
import { GET as getCell, PATCH as patchCell } from '../app/api/studies/[id]/cells/[seq]/route.ts'
import { GET as getCells } from '../app/api/studies/[id]/cells/route.ts'
import { GET as getEvents } from '../app/api/studies/[id]/events/route.ts'
import { POST as postLanes } from '../app/api/studies/[id]/lanes/route.ts'
import { POST as postPause } from '../app/api/studies/[id]/pause/route.ts'
import { POST as postPriority } from '../app/api/studies/[id]/priority/route.ts'
import { POST as postReference } from '../app/api/studies/[id]/reference/route.ts'
import { POST as postRenderAgain } from '../app/api/studies/[id]/render-again/route.ts'
import { GET as getStudy, PUT as putStudy } from '../app/api/studies/[id]/route.ts'
import { POST as postSkip } from '../app/api/studies/[id]/skip/route.ts'
import { POST as postStart } from '../app/api/studies/[id]/start/route.ts'
import { POST as postUnskip } from '../app/api/studies/[id]/unskip/route.ts'
import { GET as getStudies, POST as postStudy } from '../app/api/studies/route.ts'
import { GET as getBlob } from '../app/blobs/[sha]/route.ts'
import { GET as getThumb } from '../app/thumbs/[sha]/[file]/route.ts'
import type { WireFrame } from '../wire/study.ts'
import { blobs } from './blobs.ts'
import { ledger } from './ledger.ts'

const file: StudyFile = {
  teststrip: 1,
  title: 'Eta and seeds',
  pack: 'starter',
  recipe: { text_prompts: { '0': ['a lighthouse'] } },
  axes: ['eta 0, 1', 'seed 1, 2'],
}
const folder = mkdtempSync(join(tmpdir(), 'teststrip-web-'))

beforeAll(async () => {
  const server = new URL(process.env.TESTSTRIP_TEST_DATABASE_URL!)
  const name = `web_${randomUUID().replaceAll('-', '')}`
  const client = new Client({ connectionString: server.href })
  await client.connect()
  await client.query(`create database ${name}`)
  await client.end()
  server.pathname = `/${name}`
  process.env.DATABASE_URL = server.href
  process.env.TEMPORAL_ADDRESS = process.env.TESTSTRIP_TEST_TEMPORAL
  process.env.TESTSTRIP_BLOBS = folder
  process.env.LOG_LEVEL = 'silent'
  await migrate(server.href)
  await registerPacks(ledger(), [pack])
})

afterAll(async () => {
  await ledger().close()
  rmSync(folder, { recursive: true, force: true })
})

const request = (body?: unknown, options: { headers?: Record<string, string>; query?: string } = {}) =>
  new Request(`http://127.0.0.1/${options.query ?? ''}`, {
    headers: options.headers,
    ...(body === undefined
      ? {}
      : { method: 'POST', body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
const at = <Params>(params: Params) => ({ params: Promise.resolve(params) })
const none = undefined as never

const draft = async (study: unknown = file): Promise<string> => {
  const response = await postStudy(request(study), none)
  expect(response.status).toBe(201)

  return ((await response.json()) as { id: string }).id
}

/** A study whose cells are in the ledger, as the worker would have put them there. */
const running = async (): Promise<string> => {
  const id = await draft()
  const { plan } = makePlan(file, pack)
  // Keys of their own, so that no two tests share a picture.
  const cells = [...expandPlan(plan!)].map((cell) => ({ ...cell, key: sha256(randomUUID()) }))
  await setStudyStatus(ledger(), id, 'running')
  await enqueueCells(ledger(), { studyId: id, pack, base: plan!.base, cells })

  return id
}
const claim = async (id: string) =>
  (
    await claimRenders(ledger(), {
      studyId: id,
      claim: 'here',
      device: 'test/cpu',
      packHash: pack.hash,
      limit: 1,
    })
  )[0]!
const finish = async (key: string): Promise<string> => {
  const png = await sharp({ create: { width: 64, height: 64, channels: 3, background: 'orange' } })
    .png()
    .toBuffer()
  const image = await blobs().put(png, 'image/png')
  await finishRender(ledger(), {
    key,
    claim: 'here',
    image,
    bytes: png.byteLength,
    width: 64,
    height: 64,
    metrics: { clipSimilarity: 0.25 },
    seconds: 2,
    timings: { secondsPerStep: 0.05, secondsFixed: 0.2, perCutSeconds: 0.001 },
  })

  return image
}

/** Frames of an event stream, one by one. */
function framesOf(response: Response) {
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader()
  let text = ''
  return {
    async next(): Promise<{ id: string; frame: WireFrame }> {
      for (;;) {
        const end = text.indexOf('\n\n')
        if (end >= 0) {
          const event = text.slice(0, end)
          text = text.slice(end + 2)
          const [, id] = /^id: (.*)$/m.exec(event) ?? []
          const [, data] = /^data: (.*)$/m.exec(event) ?? []
          // A beat has no id: it says that the line lives, and nothing of the study.
          if (id && data) return { id, frame: JSON.parse(data) as WireFrame }
          continue
        }
        const { value, done } = await reader.read()
        if (done) throw new Error('the stream ended')
        text += value
      }
    },
    leave: () => reader.cancel(),
  }
}

describe('studies', () => {
  test('a study is made from JSON or YAML, read back, and found by its words', async () => {
    const id = await draft('teststrip: 1\ntitle: From YAML\npack: starter\naxes: ["eta 0, 1"]\n')
    const study = await (await getStudy(request(), at({ id }))).json()
    expect(study).toMatchObject({ id, title: 'From YAML', status: 'draft', file: { axes: ['eta 0, 1'] } })

    const found = await (await getStudies(request(undefined, { query: '?search=yaml' }), none)).json()
    expect((found as { studies: { id: string }[] }).studies.map((each) => each.id)).toEqual([id])
  })

  test('a draft is replaced as one types', async () => {
    const id = await draft()
    await putStudy(request({ ...file, title: 'Renamed' }), at({ id }))
    expect(await (await getStudy(request(), at({ id }))).json()).toMatchObject({ title: 'Renamed' })
  })

  test('what is no study is refused in words', async () => {
    const response = await postStudy(request({ teststrip: 1, pack: 'starter' }), none)
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({
      error: { code: 'invalid_input', message: expect.stringContaining('title') },
    })

    const unknown = await getStudy(request(), at({ id: 'nonsense' }))
    expect(unknown.status).toBe(404)
  })

  test.each([
    ['a key that is not known', { axis: ['eta 0, 1'] }, /"axis"; did you mean axes/],
    ['another version', { teststrip: 2 }, /must begin with teststrip: 1/],
  ])('a study file with %s is refused, and nothing of it is kept', async (_, change, sentence) => {
    const title = randomUUID()
    const response = await postStudy(request({ ...file, title, ...change }), none)
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({ error: { message: expect.stringMatching(sentence) } })
    const found = await (await getStudies(request(undefined, { query: `?search=${title}` }), none)).json()
    expect(found).toMatchObject({ studies: [] })
  })

  test.each([
    [
      'cells past counting',
      { axes: ['seeds 99999 from 1', 'steps 2..1000 step 1', 'eta 0..1 count 999'] },
      /more than the limit of 100000/,
    ],
    [
      'links in a circle',
      { axes: ['steps 25 & skip_steps 0', 'skip_steps 1 & steps 30'] },
      /on axis 1 and on axis 2/,
    ],
    ['a skip rule that excludes everything', { skip: ['eta >= 0'] }, /exclude every cell/],
  ])('a study with %s is not started, and nothing of it is queued', async (_, change, sentence) => {
    const id = await draft({ ...file, ...change })
    const response = await postStart(request({}), at({ id }))
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({ error: { message: expect.stringMatching(sentence) } })
    expect(await (await getStudy(request(), at({ id }))).json()).toMatchObject({
      status: 'draft',
      progress: { counts: { cells: 0 } },
    })
  })

  test('a study with faults is not started, and every fault is named', async () => {
    const id = await draft({ ...file, recipe: { ...file.recipe, tv_scale: -1 }, axes: ['etta 0, 1'] })
    const response = await postStart(request({}), at({ id }))
    expect(response.status).toBe(400)
    const { error } = (await response.json()) as {
      error: { message: string; details: { problems: unknown[] } }
    }
    expect(error.message).toContain('tv_scale')
    expect(error.message).toContain('etta')
    expect(error.details.problems.length).toBeGreaterThanOrEqual(2)
    expect(await (await getStudy(request(), at({ id }))).json()).toMatchObject({ status: 'draft' })
  })

  test('a sound study starts, and cannot be changed like a draft any more', async () => {
    const id = await draft()
    const response = await postStart(request({}), at({ id }))
    expect(response.status).toBe(200)
    expect(await response.json()).toMatchObject({ status: 'running' })
    expect((await putStudy(request(file), at({ id }))).status).toBe(409)
  })

  test('a draft cannot be paused', async () => {
    const response = await postPause(request({}), at({ id: await draft() }))
    expect(response.status).toBe(409)
    expect(await response.json()).toMatchObject({ error: { code: 'conflict' } })
  })
})

describe('the event stream', () => {
  test('brings what there is, then what is new, and goes on where a reader left', async () => {
    const id = await running()
    const stream = framesOf(await getEvents(request(), at({ id })))
    const first = await stream.next()
    expect(first.frame.cells).toHaveLength(4)
    expect(first.frame.progress).toMatchObject({ status: 'running', counts: { cells: 4, queued: 4 } })

    const render = await claim(id)
    await reportProgress(ledger(), {
      key: render.key,
      claim: 'here',
      step: 5,
      of: 25,
      preview: Buffer.from('webp'),
    })
    let growing = await stream.next()
    while (growing.frame.previews.length === 0) growing = await stream.next()
    expect(growing.frame.previews[0]).toEqual({
      seqs: [first.frame.cells.find(({ renderKey }) => renderKey === render.key)!.seq],
      step: 5,
      of: 25,
      webp: Buffer.from('webp').toString('base64'),
    })

    const image = await finish(render.key)
    let done = await stream.next()
    while (!done.frame.cells.some((cell) => cell.status === 'done')) done = await stream.next()
    expect(done.frame.cells).toHaveLength(1)
    expect(done.frame.cells[0]).toMatchObject({ image, metrics: { clipSimilarity: 0.25 } })
    await stream.leave()

    const again = framesOf(
      await getEvents(request(undefined, { headers: { 'last-event-id': done.id } }), at({ id })),
    )
    expect((await again.next()).frame.cells).toEqual([])
    await again.leave()
  })

  test('refuses before the first byte what it cannot stream', async () => {
    expect((await getEvents(request(), at({ id: randomUUID() }))).status).toBe(404)
    expect(
      (await getEvents(request(undefined, { query: '?after=x' }), at({ id: await draft() }))).status,
    ).toBe(400)
  })
})

test('cells are read from a version on, and keep what people think of them', async () => {
  const id = await running()
  const all = (await (await getCells(request(), at({ id }))).json()) as { version: string; cells: unknown[] }
  expect(all.cells).toHaveLength(4)

  const marked = await patchCell(request({ rating: 4, note: 'the beam' }), at({ id, seq: '2' }))
  expect(await marked.json()).toMatchObject({ seq: 2, rating: 4, note: 'the beam', mark: null })
  const news = (await (
    await getCells(request(undefined, { query: `?after=${all.version}` }), at({ id }))
  ).json()) as {
    cells: { seq: number }[]
  }
  expect(news.cells.map((cell) => cell.seq)).toEqual([2])
  expect((await patchCell(request({ rating: 9 }), at({ id, seq: '2' }))).status).toBe(400)
})

describe('a study is steered', () => {
  test('its priority and lanes are kept, running or not, and nonsense is refused', async () => {
    const id = await draft()
    expect((await postPriority(request({ priority: 1 }), at({ id }))).status).toBe(200)
    expect((await postLanes(request({ lanes: 5 }), at({ id }))).status).toBe(200)
    expect(await (await getStudy(request(), at({ id }))).json()).toMatchObject({ priority: 1, lanes: 5 })

    const busy = await running()
    expect((await postLanes(request({ lanes: null }), at({ id: busy }))).status).toBe(200)
    expect((await postPriority(request({ priority: 6 }), at({ id: busy }))).status).toBe(400)
    expect((await postLanes(request({ lanes: 65 }), at({ id: busy }))).status).toBe(400)
    expect((await postLanes(request({ lanes: 2 }), at({ id: randomUUID() }))).status).toBe(404)
  })

  test('a reference is a finished picture, of a study whose pack can measure', async () => {
    const id = await running()
    const refused = await postReference(request({ seq: 0 }), at({ id }))
    expect(refused.status).toBe(409)
    expect((await refused.json()).error.message).toMatch(
      /^(Cell 0 has no finished picture|The pack .* has no LPIPS)/,
    )
    expect((await postReference(request({ seq: -1 }), at({ id }))).status).toBe(400)
    expect((await postReference(request({ seq: null }), at({ id }))).status).toBe(200)
    expect((await postReference(request({ seq: 0 }), at({ id: randomUUID() }))).status).toBe(404)
  })

  test('cells are left out by place or by row, and a cell says so; taken back they wait again', async () => {
    const id = await running()
    const counts = async (response: Response) => ((await response.json()) as { counts: unknown }).counts
    expect(await counts(await postSkip(request({ seqs: [0] }), at({ id })))).toMatchObject({ excluded: 1 })
    expect(await counts(await postSkip(request({ axis: 1, point: 1 }), at({ id })))).toMatchObject({
      excluded: 3,
      queued: 1,
    })
    const cell = await getCell(request(), at({ id, seq: '0' }))
    expect(await cell.json()).toMatchObject({ status: 'excluded', skipped: true })

    await setStudyStatus(ledger(), id, 'paused')
    expect(await counts(await postUnskip(request({ seqs: [0, 1] }), at({ id })))).toMatchObject({
      excluded: 1,
      queued: 3,
    })
    expect((await postSkip(request({ seqs: [] }), at({ id }))).status).toBe(400)
  })

  test('finished pictures are made again when asked for, and a paused study keeps that for later', async () => {
    const id = await running()
    const { key } = await claim(id)
    const image = await finish(key)
    await setStudyStatus(ledger(), id, 'paused')
    const all = await (await getCells(request(), at({ id }))).json()
    const { seq } = (all as { cells: { seq: number; image: string }[] }).cells.find(
      (cell) => cell.image === image,
    )!

    const response = await postRenderAgain(request({ seqs: [0, 1, 2, 3] }), at({ id }))
    expect(await response.json()).toMatchObject({ status: 'paused', counts: { queued: 4, done: 0 } })
    const cell = await getCell(request(), at({ id, seq: String(seq) }))
    expect(await cell.json()).toMatchObject({ status: 'queued', take: 1, takes: [{ take: 0, image }] })

    // Nothing finished, nothing to be made again.
    const again = await postRenderAgain(request({ seqs: [seq] }), at({ id }))
    expect(await again.json()).toMatchObject({ counts: { cells: 4, queued: 4 } })
    expect((await postRenderAgain(request({ seqs: [] }), at({ id }))).status).toBe(400)
    expect((await postRenderAgain(request({ seqs: [0] }), at({ id: randomUUID() }))).status).toBe(404)
  })
})

test('the fleet tells what a device is at and why one is aside; it is brought back and limited there', async () => {
  await heartbeatDevice(ledger(), {
    id: 'lab/cpu',
    host: 'lab',
    kind: 'cpu',
    memory: 8e9,
    packs: ['starter'],
    speed: null,
  })
  const id = await running()
  const { key } = await claim(id)
  await ledger().pool.query(`update "Render" set device = 'lab/cpu' where key = $1`, [key])
  await reportProgress(ledger(), { key, claim: 'here', step: 3, of: 25, preview: new Uint8Array([1, 2]) })
  const fleet = async (response: Response) =>
    ((await response.json()) as { devices: Record<string, unknown>[] }).devices.find(
      (device) => device.id === 'lab/cpu',
    )
  expect(await fleet(await getDevices(request(), none))).toMatchObject({
    aside: null,
    now: [{ studyId: id, title: 'Eta and seeds', step: 3, of: 25, webp: 'AQI=' }],
  })

  const change = async (body: unknown) => patchDevice(request(body), none)
  expect(await fleet(await change({ id: 'lab/cpu', aside: true, memoryLimit: 2e9 }))).toMatchObject({
    aside: { reason: 'set aside by hand' },
    memoryLimit: 2e9,
  })
  expect(await fleet(await change({ id: 'lab/cpu', aside: false }))).toMatchObject({
    aside: null,
    memoryLimit: 2e9,
  })
  expect((await change({ id: 'nowhere/cpu', aside: false })).status).toBe(404)
  expect((await change({ id: 'lab/cpu', batchLimit: 0 })).status).toBe(400)
  // Without a device there is no worker, as the other tests have it.
  await ledger().pool.query('delete from "Device"')
})

test('pictures are served for ever, by their hash only', async () => {
  const id = await running()
  const sha = await finish((await claim(id)).key)
  const picture = await getBlob(request(), at({ sha }))
  expect(picture.headers.get('content-type')).toBe('image/png')
  expect(picture.headers.get('cache-control')).toContain('immutable')
  const again = await getBlob(request(undefined, { headers: { 'if-none-match': `"${sha}"` } }), at({ sha }))
  expect(again.status).toBe(304)

  const thumb = await getThumb(request(), at({ sha, file: '32.webp' }))
  expect(await sharp(await thumb.arrayBuffer()).metadata()).toMatchObject({ format: 'webp', width: 32 })
  expect((await getThumb(request(), at({ sha, file: '33.webp' }))).status).toBe(404)
  expect((await getBlob(request(), at({ sha: 'f'.repeat(64) }))).status).toBe(404)
  expect((await getBlob(request(), at({ sha: '../../etc/passwd' }))).status).toBe(404)
})

test('a forecast counts what is there already, or says what is wrong', async () => {
  const sound = (await (await postPreflight(request(file), none)).json()) as Record<string, unknown>
  expect(sound).toMatchObject({ problems: [], forecast: { cells: 4, toRender: 4, reused: 0 } })
  expect(sound.tokens).toEqual([{ frame: '0', prompt: 0, count: expect.any(Number), limit: 75 }])

  const wrong = await (await postPreflight(request({ ...file, axes: ['eta 0 .. 1 step 0'] }), none)).json()
  expect(wrong).toMatchObject({
    forecast: null,
    problems: [{ axis: 0, message: expect.stringContaining('eta') }],
  })
})

test('health names the part that is missing', async () => {
  const response = await getHealth(request(), none)
  expect(response.status).toBe(503)
  expect(await response.json()).toMatchObject({
    ok: false,
    parts: {
      database: { ok: true },
      temporal: { ok: true },
      worker: { ok: false, says: 'no device has joined yet' },
    },
  })
})

test('the API describes itself', async () => {
  const api = (await (await getOpenApi(request(), none)).json()) as { paths: Record<string, unknown> }
  expect(Object.keys(api.paths)).toContain('/api/studies/{id}/events')
})

describe('pictures', () => {
  const send = (bytes: Uint8Array) =>
    postPicture(new Request('http://127.0.0.1/', { method: 'POST', body: bytes as BodyInit }), none)
  const refusal = async (bytes: Uint8Array) => {
    const response = await send(bytes)

    return [response.status, ((await response.json()) as { error: { message: string } }).error.message]
  }
  const striped = (format: 'png' | 'webp' | 'gif', side = 48) =>
    sharp({ create: { width: side, height: 32, channels: 3, background: '#806040' } })
      .toFormat(format)
      .toBuffer()
  const problems = async (study: unknown) => {
    const answer = (await (await postPreflight(request(study), none)).json()) as {
      problems: { message: string; parameter?: string; axis?: number }[]
    }

    return answer.problems
  }

  test('are kept as they came, and named by what they are', async () => {
    const png = await striped('png')
    const first = await send(png)
    const kept = (await first.json()) as Record<string, unknown>

    expect(first.status).toBe(201)
    expect(kept).toMatchObject({ type: 'image/png', width: 48, height: 32, bytes: png.length })
    expect(kept.reference).toBe(`sha256:${kept.sha256}`)
    expect(await (await send(png)).json()).toEqual(kept)
    expect(Buffer.from((await blobs().get(kept.sha256 as string))!)).toEqual(png)

    const gif = (await (await send(await striped('gif'))).json()) as { sha256: string }
    const thumb = await getThumb(request(), at({ sha: gif.sha256, file: '32.webp' }))
    expect([thumb.status, thumb.headers.get('content-type')]).toEqual([200, 'image/webp'])
  })

  test('are refused in one sentence when they are none, broken, or too large', async () => {
    const png = await sharp(
      Uint8Array.from({ length: 3 * 64 * 64 }, (_, k) => (k * 37) % 251),
      {
        raw: { width: 64, height: 64, channels: 3 },
      },
    )
      .png()
      .toBuffer()
    const bomb = Buffer.from(png)
    bomb.writeUInt32BE(30_000, 16)
    bomb.writeUInt32BE(30_000, 20)
    const kinds = 'The file is no picture that can be used; send a PNG, JPEG, WebP, GIF, TIFF or AVIF.'

    expect(await refusal(new TextEncoder().encode('eta: 1'))).toEqual([400, kinds])
    expect(await refusal(new TextEncoder().encode('<svg xmlns="http://www.w3.org/2000/svg"/>'))).toEqual([
      400,
      kinds,
    ])
    expect(await refusal(new Uint8Array(0))).toEqual([400, 'The file is empty.'])
    expect((await refusal(png.subarray(0, png.length / 2)))[1]).toMatch(
      /cannot be read to its end|no picture/,
    )
    expect((await refusal(bomb))[1]).toMatch(/30000 × 30000 pixels|no picture/)

    const endless = new ReadableStream({
      pull: (controller) => controller.enqueue(new Uint8Array(2 ** 20)),
    })
    const response = await postPicture(
      new Request('http://127.0.0.1/', { method: 'POST', body: endless, duplex: 'half' } as RequestInit),
      none,
    )
    expect(await response.json()).toMatchObject({
      error: { message: 'The file has more than 67108864 bytes; 67108864 are the most that are read.' },
    })
  })

  test('stand in studies by their reference, also on an axis; names of files and addresses do not', async () => {
    const kept = await Promise.all(
      [16, 24].map(
        async (side) => (await send(await striped('webp', side))).json() as Promise<{ reference: string }>,
      ),
    )
    const [one, other] = kept.map(({ reference }) => reference)
    const study = {
      ...file,
      recipe: { ...file.recipe, init_scale: 0, image_prompts: { '0': [`${one}:2`] } },
      axes: [`init_image ${one} | none | ${other}`],
    }
    expect(await problems(study)).toEqual([])

    const stray = `sha256:${'0'.repeat(64)}`
    const wrong = { ...study, axes: [`init_image sea.png | https://example.org/sea.png | ${stray}`] }
    const found = await problems(wrong)
    expect(found.map(({ parameter, axis }) => [parameter, axis])).toEqual(Array(3).fill(['init_image', 0]))
    expect(found.map(({ message }) => message)).toEqual([
      expect.stringMatching(/"sea.png" is the name of a file/),
      expect.stringMatching(/is an address, and Teststrip fetches nothing from the web by itself/),
      expect.stringMatching(/is not among the pictures kept here: upload it again/),
    ])

    const started = await postStart(request({}), at({ id: await draft(wrong) }))
    expect(started.status).toBe(400)
  })
})
