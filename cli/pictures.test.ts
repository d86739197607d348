import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import sharp from 'sharp'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { main } from './main.ts'

const root = resolve(import.meta.dirname, '..')
const parity = join(root, 'diffusion/testing/parity')
const original = join(parity, 'cases/05-init-image')
const folder = mkdtempSync(join(tmpdir(), 'teststrip-pictures-'))
const settings = join(folder, 'in_settings.txt')

copyFileSync(join(original, 'settings.txt'), settings)
copyFileSync(join(parity, 'inputs/init.png'), join(folder, 'init.png'))
writeFileSync(join(folder, 'notes.txt'), 'eta is nice')

let server: Server
let address = ''
beforeAll(async () => {
  server = createServer((request, response) => {
    if (request.url === '/init.png') response.end(readFileSync(join(folder, 'init.png')))
    else response.writeHead(404).end()
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => {
  server.close()
  rmSync(folder, { recursive: true, force: true })
})

let said = ''
beforeEach(() => {
  said = ''
  vi.spyOn(process.stdout, 'write').mockReturnValue(true)
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    said += text

    return true
  })
})
afterEach(() => vi.restoreAllMocks())

const disco = ['--set', 'noise=torch', '--set', 'behaviour=disco-5.2']
const render = (out: string, ...more: string[]) =>
  main([
    'node',
    'teststrip',
    'render',
    settings,
    '--pack',
    join(parity, 'packs/tiny-std'),
    '--out',
    join(folder, out),
    ...disco,
    ...more,
  ])

const pixels = (path: string) => sharp(path).raw().toBuffer()

describe('teststrip render with a start image', () => {
  it('repeats the original picture from its settings file, with the image beside it, whose name it keeps', async () => {
    expect(await render('out/', '--set', 'batch_name=b')).toBe(0)

    const [ours, theirs] = await Promise.all([
      pixels(join(folder, 'out/b/b(0)_0.png')),
      pixels(join(original, 'parity(0)_0.png')),
    ])
    const apart = ours.map((level, k) => Math.abs(level - theirs[k]!))
    expect(Math.max(...apart)).toBeLessThanOrEqual(2)

    const written = JSON.parse(readFileSync(join(folder, 'out/b/b(0)_settings.txt'), 'utf8'))
    expect(written).toMatchObject({ init_image: 'init.png', init_scale: 30 })
  })

  it('fetches nothing from the web unless told to', async () => {
    const short = ['--set', 'steps=11']
    const image = ['--set', `init_image=${address}/init.png`]
    expect(await render('web.png', ...short, ...image)).toBe(1)
    expect(said).toMatch(
      /is an address, and nothing is fetched from the web without being asked for: add --fetch/,
    )

    expect(await render('file.png', ...short)).toBe(0)
    expect(await render('web.png', ...short, ...image, '--fetch')).toBe(0)
    expect(await pixels(join(folder, 'web.png'))).toEqual(await pixels(join(folder, 'file.png')))

    expect(await render('none.png', '--set', `init_image=${address}/gone.png`, '--fetch')).toBe(1)
    expect(said).toMatch(/gone\.png could not be fetched: the server answered 404/)
  })

  it.each([
    [
      'init_image=sea.png',
      /There is no picture "sea\.png" at .*names are relative to the file that gives them\./,
    ],
    [
      'init_image=notes.txt',
      /init_image "notes\.txt" is no picture in a format that can be read; give a PNG/,
    ],
    [
      'image_prompts=["notes.txt:2"]',
      /image_prompts "notes\.txt" is no picture in a format that can be read/,
    ],
  ])('says in one sentence what is wrong with %s', async (set, sentence) => {
    expect(await render('wrong.png', '--set', set)).toBe(1)
    expect(said).toMatch(sentence)
  })
})

describe('teststrip study check', () => {
  const study = join(folder, 'pictures.study.yaml')
  const check = async (axis: string, recipe = '') => {
    writeFileSync(
      study,
      `teststrip: 1\ntitle: P\npack: tiny-std\nrecipe: {text_prompts: [sea]${recipe}}\naxes: ["${axis}"]\n`,
    )

    return main(['node', 'teststrip', 'study', 'check', study, '--pack', join(parity, 'packs/tiny-std')])
  }

  it('looks at the pictures beside the study file', async () => {
    expect(await check('init_image none | init.png')).toBe(0)
    expect(await check('init_image init.png | sea.png')).toBe(1)
    expect(said).toMatch(/There is no picture "sea\.png"/)
    expect(await check('eta 0, 0.5', ', image_prompts: [notes.txt]')).toBe(1)
    expect(said).toMatch(/image_prompts "notes\.txt" is no picture/)
  })
})
