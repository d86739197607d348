import type { RenderMetrics } from './events.ts'

/** Means over pictures; clipSimilarity over those that have one. */
export function meanMetrics(all: readonly RenderMetrics[]): RenderMetrics {
  const similarities = all.map(({ clipSimilarity }) => clipSimilarity).filter((value) => value !== null)

  return {
    clipSimilarity: similarities.length > 0 ? mean(similarities) : null,
    luminance: mean(all.map(({ luminance }) => luminance)),
    contrast: mean(all.map(({ contrast }) => contrast)),
    saturation: mean(all.map(({ saturation }) => saturation)),
  }
}

const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length
