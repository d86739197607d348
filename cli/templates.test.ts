import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import sharp from 'sharp'
import { beforeAll, expect, test } from 'vitest'
import { loadPack, packInfo, readMerges } from '#diffusion'
import { makePlan, type PackInfo, parseStudyFile } from '#study'

const root = resolve(import.meta.dirname, '..')
const examples = join(root, 'examples')
const studies = ['templates', 'gallery'].flatMap((part) =>
  readdirSync(join(examples, part))
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => join(part, name)),
)
const merges = readMerges()
let pack: PackInfo
beforeAll(async () => {
  pack = packInfo(await loadPack(join(root, 'models', 'packs', 'starter')))
})

const read = (name: string) => parseStudyFile(readFileSync(join(examples, name), 'utf8'))

test.each(studies)('%s is a study that can start on the starter pack', (name) => {
  const file = read(name)
  const { plan, problems, notices } = makePlan(file, pack, { merges })

  expect(problems).toEqual([])
  expect(notices).toEqual([])
  expect(plan!.size).toBeGreaterThan(3)
  expect(file.notes).toMatch(/[.?]$/)
})

test.each(studies)('%s has its pictures beside it', async (name) => {
  const [first, ...others] = makePlan(read(name), pack, { merges }).plan!.axes
  const { width, height } = await sharp(join(examples, name.replace('.study.yaml', '.webp'))).metadata()

  expect(width % first!.points.length).toBe(0)
  expect(height % others.reduce((rows, { points }) => rows * points.length, 1)).toBe(0)
})

test('the pictures are of the pack that ships: npm run examples makes them anew', () => {
  expect(JSON.parse(readFileSync(join(examples, 'made-with.json'), 'utf8'))).toEqual({ pack: pack.hash })
})
