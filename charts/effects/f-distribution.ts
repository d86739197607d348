const smallest = 1e-300
const precise = 1e-14
const mostTurns = 500

/**
 * P(F > f) of the F distribution with `df1` and `df2` degrees of freedom: how often noise alone gives a ratio of
 * variances this large. Regularised incomplete beta function by its continued fraction (Lentz), good to 1e-10.
 */
export function upperTailOfF(f: number, df1: number, df2: number): number {
  if (f <= 0) return 1
  if (f === Number.POSITIVE_INFINITY) return 0

  return incompleteBeta(df2 / (df2 + df1 * f), df2 / 2, df1 / 2)
}

/** I_x(a, b), 0 ≤ x ≤ 1. */
function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0
  if (x >= 1) return 1
  const front = Math.exp(a * Math.log(x) + b * Math.log1p(-x) - logBeta(a, b))

  // the fraction converges quickly on this side only
  return x < (a + 1) / (a + b + 2) ? (front * fraction(x, a, b)) / a : 1 - (front * fraction(1 - x, b, a)) / b
}

function fraction(x: number, a: number, b: number): number {
  let c = 1
  let d = 1 / awayFromZero(1 - ((a + b) * x) / (a + 1))
  let value = d
  for (let m = 1; m <= mostTurns; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))
    let change = 1
    for (const term of [even, odd]) {
      d = 1 / awayFromZero(1 + term * d)
      c = awayFromZero(1 + term / c)
      change = c * d
      value *= change
    }
    if (Math.abs(change - 1) < precise) break
  }

  return value
}

const awayFromZero = (value: number): number => (Math.abs(value) < smallest ? smallest : value)

const logBeta = (a: number, b: number): number => logGamma(a) + logGamma(b) - logGamma(a + b)

/** ln Γ(z) for z > 0: Stirling's series, after the argument is raised to where it is exact to 1e-15. */
function logGamma(z: number): number {
  let shift = 0
  let x = z
  for (; x < 15; x++) shift += Math.log(x)
  const r = 1 / (x * x)
  const series = (1 / 12 - r * (1 / 360 - r * (1 / 1260 - r * (1 / 1680 - r / 1188)))) / x

  return (x - 0.5) * Math.log(x) - x + Math.log(2 * Math.PI) / 2 + series - shift
}
