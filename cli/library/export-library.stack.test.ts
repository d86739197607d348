import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openBlobs } from '#blobs'
import { readSheet } from '#charts/print'
import {
  claimRenders,
  createStudy,
  enqueueCells,
  finishRender,
  type Ledger,
  registerPacks,
  setStudyStatus,
} from '#prisma'
import { createTestLedger } from '#prisma/testing'
import { expandPlan, makePlan } from '#study'
import { smallPack } from '#study/testing'
import { exportLibrary } from './export-library.ts'

const folder = mkdtempSync(join(tmpdir(), 'teststrip-library-'))
const blobs = openBlobs(join(folder, 'blobs'))
const out = join(folder, 'strips')
let ledger: Ledger

beforeAll(async () => {
  ledger = await createTestLedger()
  await registerPacks(ledger, [smallPack])
})
afterAll(async () => {
  await ledger.close()
  rmSync(folder, { recursive: true })
})

/** A study of which the first `done` pictures are there. */
async function study(title: string, axes: string[], done: number): Promise<string> {
  const file = { teststrip: 1 as const, title, pack: smallPack.name, recipe: {}, axes }
  const { id } = await createStudy(ledger, { file })
  const plan = makePlan(file, smallPack).plan!
  await enqueueCells(ledger, { studyId: id, pack: smallPack, base: plan.base, cells: [...expandPlan(plan)] })
  await setStudyStatus(ledger, id, 'running')
  for (let n = 0; n < done; n++) {
    const claim = `c:${title}:${n}`
    const of = { studyId: id, claim, device: 'here/cpu', packHash: smallPack.hash, limit: 1 }
    const [render] = await claimRenders(ledger, of)
    const png = await sharp({
      create: { width: 64, height: 64, channels: 3, background: { r: 40 * n, g: 90, b: 30 } },
    })
      .png()
      .toBuffer()
    await finishRender(ledger, {
      ...{ key: render!.key, claim, image: await blobs.put(png, 'image/png'), bytes: png.length },
      ...{ width: 64, height: 64, metrics: {}, seconds: 1 },
      timings: { secondsPerStep: 1, secondsFixed: 0, perCutSeconds: 0 },
    })
  }

  return id
}

it('the library is a folder of cards, pages, sheets and pictures by hash, and is brought up to date', async () => {
  const id = await study('Eta & <friends>', ['eta 0, 0.5, 1'], 2)
  await study('Nothing yet', ['seed 5'], 0)
  const done: string[] = []
  const write = () =>
    exportLibrary({
      ...{ ledger, blobs, out, title: 'My <strips>', theme: 'light', url: 'https://example.org/strips' },
      progress: (title) => done.push(title),
    })
  expect(await write()).toEqual({ studies: 1, left: [] })
  expect(done).toEqual(['Eta & <friends>'])

  const index = readFileSync(join(out, 'index.html'), 'utf8')
  expect(index).toContain('<h1 dir="auto">My &lt;strips&gt;</h1>')
  expect(index).toContain('Eta &amp; &lt;friends&gt;')
  expect(index).not.toContain('Nothing yet')

  const here = join(out, 'studies', id)
  expect(readdirSync(here).sort()).toEqual(['card.png', 'index.html', 'sheet.png', 'study.yaml'])
  expect((await readSheet(readFileSync(join(here, 'sheet.png')))).study.id).toBe(id)
  expect(await sharp(join(here, 'card.png')).metadata()).toMatchObject({
    width: 1920,
    height: 1080,
    format: 'png',
  })
  const page = readFileSync(join(here, 'index.html'), 'utf8')
  expect(page).toContain(
    `<meta property="og:image" content="https://example.org/strips/studies/${id}/card.png">`,
  )
  const paths = [...page.matchAll(/\.\.\/\.\.\/pictures\/[0-9a-f]{2}\/[0-9a-f]{64}\.png/g)].map(
    ([path]) => path,
  )
  expect(paths).toHaveLength(2)
  for (const path of paths) expect(existsSync(join(here, path))).toBe(true)

  const before = statSync(join(here, paths[0]!)).mtimeMs
  await study('Another', ['tv_scale 0, 150'], 1)
  expect((await write()).studies).toBe(2)
  expect(statSync(join(here, paths[0]!)).mtimeMs).toBe(before)
  expect(readFileSync(join(out, 'index.html'), 'utf8')).toContain('Another')
})
