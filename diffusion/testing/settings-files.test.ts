import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { checkRecipe, readSettings, writeSettings } from '#study'
import { loadPack, packInfo } from '../pack/index.ts'
import { tinyPack } from './parity-case.ts'

const cases = join(import.meta.dirname, 'parity/cases')

describe('the settings file of a recorded run', () => {
  it.each(readdirSync(cases))('%s comes back byte for byte', async (id) => {
    const text = readFileSync(join(cases, id, 'settings.txt'), 'utf8')
    const read = readSettings(text)
    const { recipe } = checkRecipe(read.patch, packInfo(await loadPack(tinyPack)))

    expect(read.unknown).toEqual({})
    expect(writeSettings(recipe!, { asNotebook: true })).toBe(text)
    expect(writeSettings(recipe!, { asNotebook: true, read })).toBe(text)
    expect(writeSettings(recipe!, { read })).toBe(text)
  })
})
