import { ddimRest, ddimSigma } from './ddim-sigma.ts'
import { spacing } from './spacing.ts'

const { fround, sqrt } = Math

/** Up to here any number of steps is safe; just below 1 rounding decides. */
const alwaysSafe = 0.99

/** Does a DDIM run of `steps`, the last `executed` of them taken, keep to numbers with this eta? */
export function isEtaSafe(eta: number, steps: number, executed: number): boolean {
  if (Math.abs(eta) <= alwaysSafe) return true

  const { abar, abarPrev } = spacing(steps)
  for (let i = 0; i < executed; i++) {
    const before = fround(abarPrev[i]!)
    if (ddimRest(before, ddimSigma(eta, fround(abar[i]!), before)) < 0) return false
  }

  return true
}

/** The eta at which that run begins to break, to about three digits. */
export function largestEta(steps: number, executed: number): number {
  const { abar, abarPrev } = spacing(steps)
  let least = Number.POSITIVE_INFINITY
  for (let i = 1; i < executed; i++)
    least = Math.min(least, sqrt((1 - abar[i]!) / (1 - abar[i]! / abarPrev[i]!)))

  return least
}
