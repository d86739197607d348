import { expect, test } from 'vitest'
import { openFile } from './open-file.ts'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const study = { teststrip: 1, title: 'Mine', pack: 'starter', recipe: { eta: 0 }, axes: ['seed 1, 2'] }

test('study files are studies, in JSON and YAML, with a mark of byte order or without', async () => {
  for (const text of [
    JSON.stringify(study),
    `\ufeff${JSON.stringify(study)}`,
    'teststrip: 1\ntitle: Mine\npack: starter\nrecipe: { eta: 0 }\naxes:\n  - seed 1, 2\n',
  ])
    expect(await openFile(bytes(text))).toEqual({ kind: 'study', file: study, notices: [] })
})

test('settings are a recipe, with what nobody knows beside it', async () => {
  const settings = { width: 64, height: 64, eta: 0.5, SLIPB16: true }
  expect(await openFile(bytes(JSON.stringify(settings)))).toMatchObject({
    kind: 'settings',
    recipe: { eta: 0.5, width_height: [64, 64], behaviour: 'disco-5.2' },
    unknown: { SLIPB16: true },
  })
})

test('whatever else it is, one sentence says so', async () => {
  const hostile = [
    bytes(''),
    bytes('12'),
    bytes('{"teststrip": 1'),
    bytes('{"teststrip": 2}'),
    bytes('<svg></svg>'),
    bytes('%PDF-1.7'),
    bytes('[1, 2, 3]'),
    bytes('a'.repeat(4_000_001)),
    bytes('a: &a [*a]'),
    new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    new Uint8Array(1000),
    new Uint8Array([0xff, 0xd8, 0xff, 0xe0]),
  ]
  for (const each of hostile) {
    let said = ''
    try {
      await openFile(each)
    } catch (error) {
      said = (error as Error).message
      expect((error as { code?: string }).code).toBe('invalid_input')
    }
    expect(said).toMatch(/^[A-Z].*\.$/s)
    expect(said.length).toBeLessThan(400)
  }
})
