import { describe, expect, it } from 'vitest'
import { analyse } from './analyse.ts'
import { completePart } from './complete-part.ts'
import { effectsCsv } from './effects-csv.ts'
import { interaction } from './interaction.ts'
import { mainEffect } from './main-effect.ts'
import { summarise } from './summarise.ts'
import { eta, glow, observed, seeds, strength, unrest } from './testing.ts'

const nothing = Number.NaN
const words = (observations: ReturnType<typeof observed>) =>
  summarise({ measure: glow, analysis: analyse(observations)! }).map(({ axes, says }) =>
    [axes.join(' and '), says].filter(Boolean).join(' '),
  )

describe('a main effect', () => {
  const grid = observed([strength, seeds], (s, seed) => s * 10 + [-1, 1, -1, 1][seed]!)

  it('is the mean at each point, with a band as wide as seeds differ', () => {
    expect(mainEffect(grid, 0).map(({ mean, count }) => ({ mean, count }))).toEqual([
      { mean: 0, count: 4 },
      { mean: 10, count: 4 },
      { mean: 20, count: 4 },
    ])
    // Four means of −1, 1, −1, 1: a sample's deviation of 2/√3.
    expect(mainEffect(grid, 0)[1]!.band).toEqual([
      expect.closeTo(10 - 2 / Math.sqrt(3)),
      expect.closeTo(10 + 2 / Math.sqrt(3)),
    ])
  })

  it('has a gap where nothing is measured, and no band without seeds', () => {
    const [a, b] = mainEffect(
      observed([strength, eta], (s, e) => (s === 1 ? nothing : s + e)),
      0,
    )
    expect(a).toMatchObject({ mean: 0.5, band: null, count: 2 })
    expect(b).toEqual({ label: '2', mean: null, band: null, count: 0, seqs: [] })
  })

  it('shows the cell nearest to the mean first', () => {
    expect(
      mainEffect(
        observed([eta, strength], (e, s) => (e === 0 ? [9, 1, 2][s]! : 0)),
        0,
      )[0]!.seqs,
    ).toEqual([2, 0, 1])
  })
})

it('an interaction is what remains of the means when both axes have had their part', () => {
  const together = interaction(
    observed([strength, eta, seeds], (s, e) => s + 10 * e + (s === 2 && e === 1 ? 6 : 0)),
    { column: 0, row: 1 },
  )
  expect(together.map((row) => row.map(({ mean }) => mean))).toEqual([
    [0, 1, 2],
    [10, 11, 18],
  ])
  expect(together.map((row) => row.map(({ beyond }) => beyond))).toEqual([
    [expect.closeTo(1), expect.closeTo(1), expect.closeTo(-2)],
    [expect.closeTo(-1), expect.closeTo(-1), expect.closeTo(2)],
  ])
})

describe('what is complete of a grid', () => {
  it('leaves out the point that misses most, and only as many as must be', () => {
    const part = completePart(observed([strength, eta], (s, e) => (s === 2 ? nothing : s + e)))!
    expect(part.dropped).toEqual([[0, 2]])
    expect([...part.values]).toEqual([0, 1, 1, 2])
    expect(completePart(observed([strength, eta], (s, e) => s + e))!.dropped).toEqual([])
  })

  it('is nothing where nothing is', () => {
    expect(completePart(observed([strength, eta], () => nothing))).toBeNull()
    expect(analyse(observed([strength, eta], () => nothing))).toBeNull()
  })
})

describe('the summary', () => {
  it('says what moves the measure more than seeds do, and what does not', () => {
    const said = words(observed([strength, eta, seeds], (s, e, seed) => s * 5 + 0.1 * e + unrest(seed, e, s)))
    expect(said[0]).toMatch(/^strength raises glow by 9\.99, 11\.9 × the seed noise\.$/)
    expect(said[1]).toMatch(/^eta does not stand out from the seed noise \(0\.\d ×\)\.$/)
    expect(said[2]).toMatch(/^Seeds alone make \d % of the variance; .* differ by ± 0\.\d\d\.$/)
    expect(said).toHaveLength(3)
  })

  it('says when two axes act together', () => {
    const said = words(
      observed(
        [strength, eta, seeds],
        (s, e, seed) => (s === 2 && e === 1 ? 9 : 0) + 0.2 * unrest(s, e, seed),
      ),
    )
    expect(said).toContainEqual(
      expect.stringMatching(/^strength and eta act together: .* \(\d+ % of the variance\)\.$/),
    )
  })

  it('without seeds says what it is held against instead', () => {
    const said = words(observed([strength, eta], (s, e) => 5 - s * 5 + 0.01 * unrest(s, e)))
    expect(said[0]).toMatch(
      /^strength lowers glow by 10\.\d\d, .* × what is left when each axis acts by itself\.$/,
    )
    expect(said.at(-1)).toMatch(/a seed axis of three or more would tell/)
  })

  it('with one axis and one seed claims nothing about chance', () => {
    const said = words(observed([strength], (s) => [0, 5, 2][s]!))
    expect(said).toEqual([
      'strength moves glow by 5.00.',
      'One axis and one seed: this is what happened, not whether it is more than chance. Add a seed axis.',
    ])
  })

  it('tells of values left out and of studies of seeds alone', () => {
    const holes = observed([strength, eta, seeds], (s, e, seed) => (s === 0 && seed === 0 ? nothing : s + e))
    expect(words(holes).at(-1)).toMatch(
      /^Read from \d+ cells that make a complete grid; one value is left out/,
    )
    expect(words(observed([seeds], (seed) => seed)).at(-1)).toMatch(/^Only seeds vary here/)
  })
})

it('CSV holds every measured cell, quotes what must be, and runs nothing in a spreadsheet', () => {
  const axes = [{ name: 'prompt, "p"', labels: ['=1+1', '-1'], isSeed: false }]
  const measures = new Map([['glow', [0.25, nothing]]])
  expect(effectsCsv({ axes, images: ['aa', 'bb'], measures })).toBe(
    'cell,"prompt, ""p""",picture,glow\r\n0,\'=1+1,aa,0.25\r\n1,-1,bb,\r\n',
  )
  expect(effectsCsv({ axes, images: [null, 'bb'], measures })).not.toContain('aa')
})
