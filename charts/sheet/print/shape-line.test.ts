import { expect, test } from 'vitest'
import { fontNames } from '../layout/font-names.ts'
import { fontFor, measureByFont } from './fonts.ts'
import { shapeLine } from './shape-line.ts'

const said = (line: string) => shapeLine(line, 'text').runs.map(({ text }) => text)

test('every alphabet that is shipped has letters in every style, and none is the sign for "no glyph"', () => {
  for (const font of fontNames)
    for (const character of 'aß Ωπ ЖяЁ Łőş Ấ مرحبا שלום 風神雷神 简体字 カナ 안녕 สวัสดี नमस्ते ★☆♥✕ 😀🎨')
      expect(
        fontFor(character, font).font.glyphForCodePoint(character.codePointAt(0)!).id,
        `${font} ${character}`,
      ).toBeGreaterThan(0)
})

test('text that runs to the left is read from the right, numbers and Latin in it are not', () => {
  expect(said('abc שלום def')).toEqual(['abc ', 'שלום', ' def'])
  const [first, ...rest] = shapeLine('שלום eta 12', 'text').runs
  expect([first!.text, first!.isRightToLeft]).toEqual(['eta 12', false])
  expect(rest.at(-1)!.text).toBe('שלום')
  expect(rest.at(-1)!.x).toBeGreaterThan(first!.x)
})

test('brackets turn round with the text, which stays as it was written', () => {
  const [run] = shapeLine('(שלום)', 'text').runs.filter(({ text }) => text.includes('('))
  const plain = shapeLine('(', 'text').runs[0]!
  expect(run!.isRightToLeft).toBe(true)
  expect(run!.glyphs[0]!.path()).not.toBe(plain.glyphs[0]!.path())
})

test('Arabic letters are joined: in a word they have other shapes than alone', () => {
  const word = shapeLine('بيت', 'text').runs[0]!
  const alone = [...'بيت'].map((letter) => shapeLine(letter, 'text').runs[0]!.glyphs[0]!.id)
  expect(word.glyphs.map(({ id }) => id).toReversed()).not.toEqual(alone)
})

test('Han is drawn in the regular weight, not in the thinnest that its files begin with', () => {
  const stroke = shapeLine('一', 'text').runs[0]!.glyphs[0]!.path()
  const ys = [...stroke.matchAll(/[ML ]?(-?\d+(?:\.\d+)?)[ ,](-?\d+(?:\.\d+)?)/g)].map((match) =>
    Number(match[2]),
  )

  expect(Math.max(...ys) - Math.min(...ys)).toBeGreaterThan(55)
})

test('no line is wider than the layout has reserved for it', () => {
  for (const line of ['AVAVAV To Ty', 'مرحبا بالعالم', 'नमस्ते', 'ffi 風 12', '👩‍👩‍👧‍👦 ok'])
    expect(shapeLine(line, 'subtitle').width).toBeLessThanOrEqual(measureByFont(line, 'subtitle', 1) + 1e-9)
})
