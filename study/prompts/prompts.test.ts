import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { TeststripError } from '../errors.ts'
import { normaliseWeights, parsePrompt, promptsAt } from './parse-prompt.ts'
import { countTokens, parseMerges, tokenize } from './tokenize.ts'

const merges = parseMerges(
  gunzipSync(readFileSync(new URL('bpe_simple_vocab_16e6.txt.gz', import.meta.url))).toString('utf8'),
)
const all = 48_894

describe('tokenize', () => {
  it('holds exactly the merges of CLIP', () => {
    expect(merges.ranks.size).toBe(all)
  })

  it.each([
    ['a diagram', '320 22697'],
    ['yellow color scheme', '4481 3140 9024'],
    ['yellow color scheme:5', '4481 3140 9024 281 276'],
    ['rocky beach:-1', '9648 2117 10323 272'],
    ["Hello, World! it's 2022", '3306 267 1002 256 585 568 273 271 273 273'],
    [
      'A beautiful painting of a singular lighthouse, shining its light across a tumultuous sea of blood by greg rutkowski and thomas kinkade, Trending on artstation.',
      '320 1215 3086 539 320 44009 13717 267 10485 902 1395 2500 320 764 1899 28738 2102 539 3590 638 7943 14973 17649 537 3888 1442 41130 267 6087 525 1486 2631 269',
    ],
  ])('gives the ids of the reference for %j', (text, ids) => {
    expect(tokenize(text, merges, all).join(' ')).toBe(ids)
  })

  // The reference tokenizer with the merges cut to 256.
  it.each([
    ['a red boat on a calm sea', [320, 736, 647, 536, 525, 320, 66, 526, 332, 567, 320]],
    ['golden evening light:2', [70, 562, 561, 333, 68, 85, 524, 519, 554, 630, 281, 273]],
    ['', []],
    ['a', [320]],
    ['yellow color scheme:5', [88, 544, 549, 342, 754, 541, 82, 540, 68, 614, 281, 276]],
    ["I'll don't WE'RE they've", [328, 6, 75, 331, 67, 525, 713, 649, 6, 81, 324, 599, 344, 6, 563]],
    [
      "Café — “Naïve”  &amp; it's 2022!!  #pixelart:1.5",
      [
        66, 702, 127, 358, 728, 498, 257, 77, 64, 127, 107, 563, 257, 261, 585, 568, 273, 271, 273, 273, 748,
        258, 741, 87, 544, 516, 339, 281, 272, 269, 276,
      ],
    ],
    ['日本 art ☕', [162, 245, 98, 162, 250, 361, 516, 339, 158, 246, 499]],
    ['xxxxxxxxxxxx', [87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 343]],
    [
      'trending on artstation, 8k, unreal engine',
      [83, 737, 67, 519, 525, 516, 83, 522, 656, 267, 279, 330, 267, 569, 515, 566, 524, 70, 715],
    ],
    ['<|endoftext|> tail', [769, 648, 72, 331]],
    ['  many\n\tspaces  ', [723, 344, 588, 546, 542]],
    ['a_b-c.d/e 3.14', [320, 318, 321, 268, 322, 269, 323, 270, 324, 274, 269, 272, 275]],
  ])('gives the ids of the reference for %j with 256 merges', (text, ids) => {
    expect(tokenize(text, merges, 256)).toEqual(ids)
    expect(countTokens(text, merges, 256)).toBe(ids.length)
  })

  it('stays quick on one very long word', () => {
    const start = performance.now()
    tokenize('ab'.repeat(500), merges, all)
    expect(performance.now() - start).toBeLessThan(2000)
  })
})

describe('parsePrompt', () => {
  it.each([
    ['plain', 'plain', 1],
    ['a b:2', 'a b', 2],
    ['a:-1', 'a', -1],
    ['a: 0.5 ', 'a', 0.5],
    ['a:1e-2', 'a', 0.01],
    ['a: b:-1.5', 'a: b', -1.5],
    ['https://h/x.png', 'https://h/x.png', 1],
    ['https://h/x.png:2', 'https://h/x.png', 2],
    ['http://h:80/x.png:3', 'http://h:80/x.png', 3],
    [':3', '', 3],
    ['nan:nan', 'nan', Number.NaN],
    ['a:inf', 'a', Number.POSITIVE_INFINITY],
    ['a:1_0', 'a', 10],
    ['a:+.5', 'a', 0.5],
  ])('reads %j as the notebook does', (prompt, text, weight) => {
    expect(parsePrompt(prompt)).toEqual({ text, weight })
  })

  it.each(['http://h:80/x.png', 'Alice: a story', 'x:'])('refuses %j as the notebook does', (prompt) => {
    expect(() => parsePrompt(prompt)).toThrow(TeststripError)
  })
})

describe('promptsAt', () => {
  it.each([
    [{ '0': ['a'] }, [['a'], ['a'], ['a']]],
    [
      { '2': ['b', 'c:2'], '5': ['d'] },
      [['b', 'c:2'], ['b', 'c:2'], ['b', 'c:2'], ['b', 'c:2'], ['b', 'c:2'], ['d'], ['d']],
    ],
    [{ '0': ['a'], '12': ['late'] }, [['a'], ['a']]],
    [{}, [[]]],
  ])('fills %j forwards and the beginning backwards', (prompts, series) => {
    expect(series.map((_, frame) => promptsAt(prompts as Record<string, string[]>, frame))).toEqual(series)
  })
})

describe('normaliseWeights', () => {
  it.each([
    [
      [2, -1],
      [2, -1],
    ],
    [
      [1, -3],
      [0.5, -1.5],
    ],
    [
      [5, 1],
      [5 / 6, 1 / 6],
    ],
  ])('divides %j by the absolute sum, keeping signs', (weights, expected) => {
    expect(normaliseWeights(weights)).toEqual(expected)
  })
})
