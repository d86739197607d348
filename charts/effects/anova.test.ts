import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anova } from './anova.ts'
import { upperTailOfF } from './f-distribution.ts'

// 4 × 3 × 5 values, the last factor being seeds; figures by statsmodels 0.14, anova_lm(ols('y ~ C(a)*C(b) + C(s)'))
const values = [
  -0.127, -1.235, -0.466, 0.246, -1.65, -1.055, -0.767, -0.591, 0.297, 0.438, -0.234, 0.667, -0.016, 0.996,
  -1.151, -1.043, 0.584, -0.494, 1.309, -1.224, -0.635, 1.316, 0.098, 0.777, -1.015, 0.223, 2.11, 0.29, 1.508,
  0.177, -0.99, 0.497, 0.366, 1.42, -0.778, -0.012, -0.571, 0.636, 0.85, -1.458, 0.391, 1.793, 0.503, 1.392,
  -0.011, -0.274, 1.646, 0.599, 1.527, 0.032, -0.15, 0.68, 0.717, 1.921, -0.431, 0.161, 1.858, -0.222, 2.575,
  0.522,
]
const [a, b, s] = [
  { name: 'a', levels: 4 },
  { name: 'b', levels: 3 },
  { name: 's', levels: 5 },
]

describe('anova', () => {
  it('with seeds as blocks gives what statsmodels gives', () => {
    const { terms, seeds, residual } = anova({ factors: [a!, b!, s!], values, seeds: 2 })

    expect(terms.map((term) => term.name)).toEqual(['a', 'b', 'a × b'])
    const figures = [
      [8.368189933, 3, 8.448452595, 0.0001518951015],
      [5.695695633, 2, 8.625487997, 0.0006909913174],
      [1.213366367, 6, 0.6125021247, 0.7189977219],
    ]
    for (const [k, [sum, degrees, f, p]] of figures.entries()) {
      expect(terms[k]!.sumOfSquares).toBeCloseTo(sum!, 8)
      expect(terms[k]!.degrees).toBe(degrees)
      expect(terms[k]!.f).toBeCloseTo(f!, 7)
      expect(terms[k]!.p).toBeCloseTo(p!, 9)
    }
    expect(seeds!.p! / 2.613429674e-9).toBeCloseTo(1, 6)
    expect(residual).toMatchObject({ degrees: 44 })
    expect(residual!.sumOfSquares).toBeCloseTo(14.52732923, 7)
  })

  it('without seeds measures against the interaction of all factors', () => {
    const first = values.filter((_, k) => k % 5 === 0)
    const { terms, seeds, residual } = anova({ factors: [a!, b!], values: first })

    expect(terms.map((term) => term.f)).toEqual([
      expect.closeTo(0.5798215278, 7),
      expect.closeTo(3.064483221, 7),
    ])
    expect(terms[1]!.p).toBeCloseTo(0.1210548984, 9)
    expect(seeds).toBeNull()
    expect(residual!.degrees).toBe(6)
  })

  it('divides all variance among its terms, whatever the grid', () => {
    const grids = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 4 }).chain((levels) => {
      const size = levels.reduce((x, y) => x * y, 1)
      const cells = fc.array(fc.double({ min: -9, max: 9, noNaN: true }), {
        minLength: size,
        maxLength: size,
      })

      return fc.tuple(fc.constant(levels), cells)
    })
    fc.assert(
      fc.property(grids, ([levels, cells]) => {
        const factors = levels.map((count, k) => ({ name: `f${k}`, levels: count }))
        const seeds = levels.length - 1
        const result = anova({ factors, values: cells, seeds })
        const sums = [...result.terms, result.seeds!].map((term) => term.sumOfSquares)
        const sum = sums.reduce((x, y) => x + y, result.residual?.sumOfSquares ?? 0)
        expect(Math.abs(sum - result.total)).toBeLessThan(1e-9 * (1 + result.total))
      }),
    )
  })

  it('finds nothing in equal values and no doubt where there is no noise', () => {
    const factors = [
      { name: 'a', levels: 2 },
      { name: 's', levels: 2 },
    ]
    expect(anova({ factors, values: [1, 1, 1, 1], seeds: 1 }).terms[0]).toMatchObject({ share: 0, p: 1 })
    expect(anova({ factors, values: [1, 1, 2, 2], seeds: 1 }).terms[0]).toMatchObject({ share: 1, p: 0 })
    expect(anova({ factors: [factors[0]!], values: [1, 2] }).terms[0]).toMatchObject({
      share: 1,
      f: null,
      p: null,
    })
  })

  it('refuses a grid that is not full', () => {
    expect(() => anova({ factors: [a!], values: [1, 2] })).toThrow('2 values do not fill a grid of 4 cells')
  })
})

describe('the tail of the F distribution', () => {
  it('is that of scipy', () => {
    const cases = [
      [1, 1, 1, 0.5],
      [2.5, 3, 44, 0.07182821239833596],
      [0.3, 7, 2, 0.9038334506307268],
      [40, 2, 100, 1.7233549853680297e-13],
      [1.02, 200, 1000, 0.4186218831113251],
    ]
    for (const [f, df1, df2, p] of cases) expect(upperTailOfF(f!, df1!, df2!) / p!).toBeCloseTo(1, 9)
  })
})
