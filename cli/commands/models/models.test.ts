import { createHash } from 'node:crypto'
import { existsSync, lstatSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { install } from './add.ts'
import { readAddresses } from './addresses.ts'
import { pullFiles } from './pull.ts'
import { check } from './verify.ts'

const root = resolve(import.meta.dirname, '../../..')
const tiny = join(root, 'diffusion/testing/parity/packs/tiny-std')
let folder: string
let models: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'teststrip-models-'))
  models = join(folder, 'models')
  await mkdir(models)
  vi.stubEnv('TESTSTRIP_MODELS', models)
  vi.stubEnv('TESTSTRIP_DOWNLOADS', '')
})
afterEach(async () => {
  vi.unstubAllEnvs()
  await rm(folder, { recursive: true })
})

describe('models pull', () => {
  const content = readFileSync(join(root, 'diffusion/testing/checkpoints/zip.pt'))
  const sha256 = createHash('sha256').update(content).digest('hex')
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'content-length': content.length }).end(content)
  })
  let from: string[]
  beforeEach(async () => {
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
    from = [`http://127.0.0.1:${(server.address() as AddressInfo).port}/a.pt`]
  })
  afterEach(() => new Promise((done) => server.close(done)))

  const list = (entry: object, file = join(models, 'downloads.json')) =>
    writeFileSync(file, JSON.stringify({ downloads: { mine: { from, ...entry } }, sets: { all: ['mine'] } }))

  it('fetches what a list in the models folder names, once', async () => {
    list({ file: 'mine.pt', sha256 })
    const path = join(models, 'mine.pt')
    expect(await pullFiles(['all', 'mine', 'mine.pt'])).toEqual([{ path, sha256, fresh: true }])
    expect(readFileSync(path).equals(content)).toBe(true)
    expect(await pullFiles(['mine'])).toEqual([{ path, sha256, fresh: false }])
  })

  it('a list that TESTSTRIP_DOWNLOADS names comes before the others', async () => {
    const named = join(folder, 'named.yaml')
    list({ file: 'mine.pt', sha256: 'f'.repeat(64) })
    list({ file: 'mine.pt', sha256 }, named)
    await expect(pullFiles(['mine'])).rejects.toThrow(/^mine\.pt could not be fetched .*not ffffffffffff…/)
    expect(existsSync(join(models, 'mine.pt'))).toBe(false)
    vi.stubEnv('TESTSTRIP_DOWNLOADS', named)
    await pullFiles(['mine'])
    vi.stubEnv('TESTSTRIP_DOWNLOADS', join(folder, 'none.yaml'))
    await expect(pullFiles(['mine'])).rejects.toThrow(/none\.yaml/)
  })

  it('leaves a file of that name alone that is another one', async () => {
    list({ file: 'mine.pt', sha256 })
    writeFileSync(join(models, 'mine.pt'), 'my own work')
    await expect(pullFiles(['mine'])).rejects.toMatchObject({ code: 'conflict' })
    expect(readFileSync(join(models, 'mine.pt'), 'utf8')).toBe('my own work')
  })

  it('says what is wrong with a list, and which names there are not', async () => {
    list({ file: '../mine.pt', sha256 })
    await expect(pullFiles(['mine'])).rejects.toThrow(/downloads\.json: downloads\.mine\.file: must be/)
    list({ file: 'mine.pt' })
    await expect(pullFiles(['mine'])).rejects.toThrow(/mine: .*needs file and sha256/)
    list({ file: 'mine.pt', sha256, from: ['ftp://example.org/a'] })
    await expect(pullFiles(['mine'])).rejects.toThrow(/must be http or https/)
    const wrong = { downloads: { RN50: { from, sha256 } } }
    writeFileSync(join(models, 'downloads.json'), JSON.stringify(wrong))
    await expect(pullFiles(['RN50'])).rejects.toThrow(/RN50: the published file has the SHA-256 afeb0e10/)
    await rm(join(models, 'downloads.json'))
    await expect(pullFiles(['toString'])).rejects.toThrow(/no download named toString/)
  })

  it('the list that ships has an address for every known file', async () => {
    const { sources, sets } = await readAddresses()
    expect(sources.length).toBeGreaterThan(25)
    for (const { from: addresses } of sources)
      for (const address of addresses) expect(address).toMatch(/^https:/)
    const names = new Set(sources.map(({ name }) => name))
    for (const name of Object.values(sets).flat()) expect(names).toContain(name)
    const { knownFiles } = await import('#diffusion')
    const reachable = new Set(sources.map(({ sha256: hash }) => hash))
    expect(knownFiles.filter(({ sha256: hash }) => !reachable.has(hash))).toEqual([])
  })
})

describe('models add and verify', () => {
  const copy = () => join(models, 'packs/tiny-std')

  it('copies a pack whole, and only once', async () => {
    expect(await install(tiny, false)).toEqual([{ path: copy(), fresh: true }])
    expect(await install(tiny, false)).toEqual([{ path: copy(), fresh: false }])
    const { packs, loose } = await check()
    expect({ packs, loose }).toMatchObject({ packs: [{ name: 'tiny-std', problem: null }], loose: [] })
  })

  it('links to a pack instead', async () => {
    await install(tiny, true)
    expect(lstatSync(copy()).isSymbolicLink()).toBe(true)
    expect((await check(copy())).packs).toMatchObject([{ name: 'tiny-std', problem: null }])
  })

  it('says what was broken later, file by file', async () => {
    await install(tiny, false)
    const file = join(copy(), 'unet.safetensors')
    truncateSync(file, statSync(file).size - 1)
    await cp(join(tiny, 'lpips.safetensors'), join(models, 'loose.safetensors'))
    truncateSync(join(models, 'loose.safetensors'), 5000)
    const { packs, loose } = await check()
    expect(packs).toMatchObject([
      { name: null, problem: expect.stringMatching(/^unet\.safetensors: .*cut off/) },
    ])
    expect(loose).toMatchObject([{ problem: expect.stringMatching(/^loose\.safetensors: .*cut off/) }])
    await expect(install(tiny, false)).rejects.toMatchObject({ code: 'conflict' })
  })

  it('checks one loose file, and says what is none', async () => {
    await cp(join(tiny, 'lpips.safetensors'), join(models, 'loose.safetensors'))
    expect(await check(join(models, 'loose.safetensors'))).toMatchObject({
      packs: [],
      loose: [{ file: 'loose.safetensors', role: null, problem: null }],
    })
    expect((await check(folder)).packs).toMatchObject([{ problem: expect.stringContaining('pack.json') }])
  })

  it('refuses a folder without weights, and one that is damaged', async () => {
    await expect(install(join(root, 'examples'), false)).rejects.toThrow(/no pack\.json in it and no file/)
    await expect(install(join(folder, 'none'), false)).rejects.toMatchObject({ code: 'ENOENT' })
    const damaged = join(folder, 'damaged')
    await cp(tiny, damaged, { recursive: true })
    truncateSync(join(damaged, 'clip-rn.safetensors'), 5000)
    await expect(install(damaged, false)).rejects.toThrow(/^clip-rn\.safetensors: .*cut off/)
    expect(existsSync(join(models, 'packs'))).toBe(false)
  })
})
