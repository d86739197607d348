const { fround, sqrt } = Math

/** eta · sqrt((1 - abarPrev) / (1 - abar)) · sqrt(1 - abar / abarPrev), of float32 alphas and in float32: DDIM's sigma. */
export function ddimSigma(eta: number, abar: number, abarPrev: number): number {
  const spread = fround(sqrt(fround(fround(1 - abarPrev) / fround(1 - abar))))
  const share = fround(sqrt(fround(1 - fround(abar / abarPrev))))

  return fround(fround(eta * spread) * share)
}

/** 1 - abarPrev - sigma² in float32: where it is negative, DDIM's next sample is not a number. */
export function ddimRest(abarPrev: number, sigma: number): number {
  return fround(fround(1 - abarPrev) - fround(sigma * sigma))
}
