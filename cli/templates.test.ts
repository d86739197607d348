import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { loadPack, packInfo, readMerges } from '#diffusion'
import { makePlan, type PackInfo, parseStudyFile } from '#study'

const root = resolve(import.meta.dirname, '..')
const folder = join(root, 'examples', 'templates')
const merges = readMerges()
let pack: PackInfo
beforeAll(async () => {
  pack = packInfo(await loadPack(join(root, 'models', 'packs', 'starter')))
})

test.each(readdirSync(folder).filter((name) => name.endsWith('.yaml')))(
  '%s is a study that can start on the starter pack',
  (name) => {
    const file = parseStudyFile(readFileSync(join(folder, name), 'utf8'))
    const { plan, problems, notices } = makePlan(file, pack, { merges })

    expect(problems).toEqual([])
    expect(notices).toEqual([])
    expect(plan!.size).toBeGreaterThan(7)
    expect(file.notes).toMatch(/[.?]$/)
  },
)
