import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import sharp from 'sharp'
import { afterAll, describe, expect, test } from 'vitest'

const root = resolve(import.meta.dirname, '..')
const folder = mkdtempSync(join(tmpdir(), 'teststrip-cli-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Runs the command line as a person would, from a folder that is not the project's. */
function teststrip(args: string[], env: Record<string, string> = {}) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(root, 'cli', 'teststrip.mjs'), ...args],
    {
      cwd: folder,
      encoding: 'utf8',
      env: {
        ...process.env,
        TESTSTRIP_DATA: join(folder, 'var'),
        TESTSTRIP_URL: '',
        DATABASE_URL: '',
        ...env,
      },
    },
  )

  return { status, stdout, stderr }
}

const example = (name: string) => join(root, 'examples', name)
const pack = join(root, 'models', 'packs', 'starter')
const quick = ['--pack', pack, '--set', 'steps=3']

describe('the command line', () => {
  test('wrong use is exit code 2 and says what is wrong', () => {
    for (const args of [
      ['nonsense'],
      ['render', 'a', '--bogus'],
      ['study', 'check'],
      ['doctor', '--bogus'],
      ['render', 'a', '--pack', 'b', '--out', 'c.png', '--device', 'gpu'],
      ['sheet', 'x', '--out', 'a.bmp'],
    ]) {
      const { status, stdout, stderr } = teststrip(args)
      expect({ args, status, stdout }).toEqual({ args, status: 2, stdout: '' })
      expect(stderr.trim()).not.toBe('')
    }
    expect(
      teststrip([
        'render',
        example('lighthouse_settings.txt'),
        ...quick,
        '--set',
        'etta=1',
        '--out',
        'a.png',
      ]),
    ).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('did you mean eta?'),
    })
  })

  test('a Teststrip that is not running is one sentence, and an object with --json', () => {
    const { status, stdout, stderr } = teststrip(['study', 'status', '--json'])

    expect(status).toBe(1)
    expect(stderr).toMatch(/^No running Teststrip is known here: .*\n$/)
    expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'unavailable' } })
    expect(teststrip(['study', 'status'], { TESTSTRIP_URL: 'http://127.0.0.1:1' }).stderr).toMatch(
      /does not answer at http/,
    )
  })
})

describe('teststrip study check', () => {
  test('says what a study costs before it is started', () => {
    const sample = example(join('templates', '01-guidance-by-eta.study.yaml'))
    const { status, stdout, stderr } = teststrip(['study', 'check', sample, '--json'])
    expect(status, stderr).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({
      cells: 16,
      excluded: 0,
      notices: [],
      advice: [],
      sheet: { problem: null },
    })
  })

  test('names the parameter of every problem, and starts nothing', () => {
    const file = join(folder, 'bad.study.yaml')
    writeFileSync(
      file,
      'teststrip: 1\ntitle: Bad\npack: starter\nrecipe: { eta: much }\naxes: ["steps 25 .. 50 step -5"]\n',
    )
    const { status, stderr } = teststrip(['study', 'check', file])

    expect(status).toBe(1)
    expect(stderr).toContain('eta')
    expect(stderr).toMatch(/never reaches/)
  })
})

describe('teststrip render', () => {
  test('the bundled settings twice: the same bytes, and progress beside them on stderr', async () => {
    const [one, two] = ['one.png', 'two.png'].map((name) => {
      const { status, stdout, stderr } = teststrip([
        'render',
        example('lighthouse_settings.txt'),
        ...quick,
        '--out',
        name,
      ])
      expect(status, stderr).toBe(0)
      expect(stdout).toBe(`${name}\n`)
      expect(stderr).toContain('step 1 of 3')

      return readFileSync(join(folder, name))
    })

    expect(one!.equals(two!)).toBe(true)
    expect(await sharp(one!).metadata()).toMatchObject({ format: 'png', width: 64, height: 64 })
  })

  test('--set reaches the recipe, --trace writes every step, --json says where and how', () => {
    const { status, stdout, stderr } = teststrip([
      'render',
      example('lighthouse_settings.txt'),
      ...quick,
      ...[
        '--set',
        'noise=torch',
        '--set',
        'seed=7',
        '--out',
        'set.png',
        '--trace',
        'set.safetensors',
        '--json',
      ],
    ])
    expect(status, stderr).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({
      images: [{ file: join(folder, 'set.png'), width: 64, height: 64 }],
      pack: { name: 'starter' },
    })
    expect(readFileSync(join(folder, 'set.png')).equals(readFileSync(join(folder, 'one.png')))).toBe(false)

    const trace = readFileSync(join(folder, 'set.safetensors'))
    const names = Object.keys(JSON.parse(trace.toString('utf8', 8, 8 + Number(trace.readBigUInt64LE()))))
    expect(names).toEqual(
      expect.arrayContaining(['target_embeds/0', '0/x_start', '0/x0/2', '0/grad/0', '0/rng_after/2']),
    )
  })

  test('a value out of bounds is refused with name, value and what is allowed, and no file is left', () => {
    const { status, stderr } = teststrip([
      'render',
      example('lighthouse_settings.txt'),
      ...quick,
      '--set',
      'skip_steps=3',
      '--out',
      'no.png',
    ])

    expect(status).toBe(1)
    expect(stderr).toMatch(/skip_steps must be smaller than steps, but skip_steps is 3/)
    expect(readdirSync(folder).filter((name) => name.startsWith('no.png'))).toEqual([])
  })
})

test('teststrip models: the bundled pack is whole; a folder that is none is said', () => {
  expect(JSON.parse(teststrip(['models', 'verify', pack, '--json']).stdout)).toMatchObject([
    { name: 'starter', problem: null },
  ])
  expect(teststrip(['models', 'verify', folder])).toMatchObject({
    status: 1,
    stderr: expect.stringContaining('pack.json'),
  })
})

test('teststrip open: a picture that is no sheet is refused with its reason', () => {
  writeFileSync(join(folder, 'text.png'), 'not a picture')
  expect(teststrip(['open', 'text.png'])).toMatchObject({
    status: 1,
    stderr: expect.stringContaining('there is no study inside'),
  })
})
