/** CLIP's picture normalisation, by channel. */
export const clipMean = [0.48145466, 0.4578275, 0.40821073]
export const clipDeviation = [0.26862954, 0.26130258, 0.27577711]

/** Cuts [K, 3, side, side] with CLIP's mean taken off and by its deviation, as `encodeImage` wants them. */
export function normaliseCuts(cuts: Float32Array, side: number): Float32Array {
  const area = side * side

  return cuts.map((value, k) => {
    const channel = Math.floor(k / area) % 3

    return Math.fround(value - Math.fround(clipMean[channel]!)) / Math.fround(clipDeviation[channel]!)
  })
}
