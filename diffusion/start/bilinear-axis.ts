const { floor, fround, max, min } = Math

/** Where an output sample lies between two input samples; `share` is the part of `after`. */
export interface Between {
  before: number
  after: number
  share: number
}

/** One axis of torch's bilinear `interpolate` (align_corners False, no antialias). */
export function bilinearAxis(input: number, output: number): Between[] {
  const scale = fround(input / output)

  return Array.from({ length: output }, (_, k) => {
    const place = max(fround(fround(scale * (k + 0.5)) - 0.5), 0)
    const before = min(floor(place), input - 1)

    return { before, after: min(before + 1, input - 1), share: fround(place - before) }
  })
}

/** The input samples that an axis looks at, ascending. */
export function samplesOf(axis: readonly Between[]): number[] {
  return [...new Set(axis.flatMap(({ before, after }) => [before, after]))].sort((a, b) => a - b)
}
