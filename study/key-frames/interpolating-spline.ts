export type SplinePoint = readonly [x: number, y: number]

/**
 * The spline of that degree through all points (SciPy `make_interp_spline`): degree 3 with the knots next to the ends
 * left out ("not a knot"), degree 2 with knots midway between points. `points` rise in x; there are more than `degree`.
 */
export function interpolatingSpline(points: readonly SplinePoint[], degree: 2 | 3): (x: number) => number {
  const xs = points.map(([x]) => x)
  const knots = knotsOf(xs, degree)
  const weights = solveBanded(
    xs.map((x) => basisAt(x, knots, degree)),
    points.map(([, y]) => y),
    degree,
  )

  return (x) => {
    const { first, values } = basisAt(x, knots, degree)

    return values.reduce((sum, value, k) => sum + value * weights[first + k]!, 0)
  }
}

function knotsOf(xs: readonly number[], degree: 2 | 3): number[] {
  const inner = degree === 3 ? xs.slice(2, -2) : xs.slice(1, -2).map((x, k) => (x + xs[k + 2]!) / 2)
  const ends = degree + 1

  return [...Array(ends).fill(xs[0]), ...inner, ...Array(ends).fill(xs.at(-1))]
}

interface Basis {
  /** index of the first function that is not 0 at x */
  first: number
  /** values [degree + 1] of the functions from there on */
  values: number[]
}

/** B-splines that act at x, by the recurrence of de Boor and Cox. */
function basisAt(x: number, knots: readonly number[], degree: number): Basis {
  let span = degree
  while (span < knots.length - degree - 2 && knots[span + 1]! <= x) span++

  let values = [1]

  for (let d = 1; d <= degree; d++) {
    const next = Array<number>(d + 1).fill(0)

    for (const [k, value] of values.entries()) {
      const left = knots[span - d + 1 + k]!
      const right = knots[span + 1 + k]!
      const share = (x - left) / (right - left)
      next[k]! += (1 - share) * value
      next[k + 1]! += share * value
    }

    values = next
  }

  return { first: span - degree, values }
}

/** Gaussian elimination; rows of interpolation at rising points need no pivoting (de Boor and Pinkus 1977). */
function solveBanded(rows: readonly Basis[], right: readonly number[], degree: number): number[] {
  const n = rows.length
  const matrix = rows.map(({ first, values }) => {
    const row = new Float64Array(n)
    row.set(values, first)

    return row
  })
  const result = [...right]

  for (let c = 0; c < n; c++) {
    for (let r = c + 1; r < Math.min(n, c + degree + 1); r++) {
      const factor = matrix[r]![c]! / matrix[c]![c]!
      if (factor === 0) continue

      for (let k = c; k < Math.min(n, c + degree + 1); k++) matrix[r]![k]! -= factor * matrix[c]![k]!
      result[r]! -= factor * result[c]!
    }
  }

  for (let r = n - 1; r >= 0; r--) {
    for (let k = r + 1; k < Math.min(n, r + degree + 1); k++) result[r]! -= matrix[r]![k]! * result[k]!
    result[r]! /= matrix[r]![r]!
  }

  return result
}
