import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import sharp from 'sharp'
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { main } from './main.ts'

const root = resolve(import.meta.dirname, '..')
const pack = join(root, 'diffusion/testing/parity/packs/tiny-std')
const folder = mkdtempSync(join(tmpdir(), 'teststrip-render-'))
const settings = join(folder, 'in_settings.txt')

writeFileSync(
  settings,
  JSON.stringify({
    text_prompts: { '0': ['a red boat'] },
    width: 100,
    height: 64,
    steps: 6,
    skip_steps: 1,
    diffusion_steps: 1000,
    cutn_batches: 1,
    cut_overview: '[1] * 1000',
    cut_innercut: '[1]*1000',
    cut_ic_pow: 1,
    ViTB32: true,
    ViTB16: true,
    RN50: false,
    SLIPB16: false,
  }),
)

let printed = ''
beforeEach(() => {
  printed = ''
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    printed += text

    return true
  })
  vi.spyOn(process.stderr, 'write').mockReturnValue(true)
})
afterEach(() => vi.restoreAllMocks())
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function render(out: string, sets: string[] = [], from = settings) {
  const set = ['batch_name=boats', ...sets].flatMap((pair) => ['--set', pair])
  const code = await main([
    'node',
    'teststrip',
    'render',
    from,
    '--pack',
    pack,
    '--out',
    join(folder, out),
    '--json',
    ...set,
  ])

  return { code, answer: JSON.parse(printed) }
}

const sizeOf = async (path: string) => {
  const { width, height } = await sharp(path).metadata()

  return [width, height]
}

describe('teststrip render', () => {
  it('fills a folder like the notebook, under the next number each time', async () => {
    const { code, answer } = await render('out/', ['n_batches=2', 'intermediate_saves=1'])
    const batch = join(folder, 'out', 'boats')

    expect(code).toBe(0)
    expect(readdirSync(batch).sort()).toEqual([
      'boats(0)_0.png',
      'boats(0)_1.png',
      'boats(0)_settings.txt',
      'partials',
    ])
    expect(readdirSync(join(batch, 'partials')).sort()).toEqual(
      ['boats(0)_0.png', 'boats(0)_0000-50%.png', 'boats(0)_1.png', 'boats(0)_0001-50%.png'].sort(),
    )
    expect(await sizeOf(join(batch, 'boats(0)_1.png'))).toEqual([64, 64])
    expect(answer).toMatchObject({
      images: [{ file: join(batch, 'boats(0)_0.png'), width: 64, height: 64 }, {}],
      settings: join(batch, 'boats(0)_settings.txt'),
    })
    expect(answer.intermediates).toHaveLength(4)

    const saved = JSON.parse(readFileSync(answer.settings, 'utf8'))
    // Raw size and spelling as they were given, what the pack lacks as it was rendered, unknown keys last.
    expect(saved).toMatchObject({ width: 100, cut_overview: '[1] * 1000', ViTB16: false, seed: 1000 })
    expect(Object.keys(saved)).toHaveLength(67)
    expect(Object.keys(saved).at(-1)).toBe('SLIPB16')

    printed = ''
    await render('out/', ['intermediates_in_subfolder=false', 'intermediate_saves=[0]'])
    expect(
      readdirSync(batch)
        .filter((name) => name.startsWith('boats(1)'))
        .sort(),
    ).toEqual(['boats(1)_0000-000.png', 'boats(1)_0000-004.png', 'boats(1)_settings.txt'])
  }, 60_000)

  it('numbers several pictures before the extension, and saves nothing else unasked', async () => {
    await render('plain/a.png', ['n_batches=2'])
    expect(readdirSync(join(folder, 'plain')).sort()).toEqual(['a(0001).png', 'a(0002).png'])
  }, 60_000)

  it('draws a seed where the notebook would, and writes down which', async () => {
    const from = join(folder, 'any_settings.txt')
    const given = JSON.parse(readFileSync(settings, 'utf8'))
    writeFileSync(from, JSON.stringify({ ...given, set_seed: 'random_seed', steps: 2 }))
    const { answer } = await render('drawn/', [], from)
    const { seed } = JSON.parse(readFileSync(answer.settings, 'utf8'))

    expect(seed).not.toBe(1000)
    expect(seed).toBeLessThan(2 ** 32)
  }, 60_000)

  it('refuses another kind of file', async () => {
    expect((await render('a.jpg')).code).toBe(2)
  })
})
