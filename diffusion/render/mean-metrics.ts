import type { RenderMetrics } from './events.ts'

/** Means over pictures; each over those that have it. */
export function meanMetrics(all: readonly RenderMetrics[]): RenderMetrics {
  const similarities = all.flatMap(({ clipSimilarity }) => clipSimilarity ?? [])
  const prompts = Math.max(0, ...all.map(({ promptSimilarities }) => promptSimilarities.length))

  return {
    clipSimilarity: similarities.length > 0 ? mean(similarities) : null,
    promptSimilarities: Array.from({ length: prompts }, (_, k) =>
      mean(all.flatMap(({ promptSimilarities }) => promptSimilarities[k] ?? [])),
    ),
  }
}

const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length
