import type { Recipe } from '../../parameters/catalogue.ts'
import { parseSchedule, scheduleToText } from '../../schedule/parse-schedule.ts'
import type { RecipeRule } from '../advice.ts'

/** Half the cuts at once, twice as often: CLIP sees as many. Null where a schedule cannot be halved. */
function halvedCuts({ cut_overview, cut_innercut, cutn_batches }: Recipe) {
  const halves = [cut_overview, cut_innercut].map((text) => {
    const parsed = parseSchedule(text)

    return parsed.ok && parsed.runs.every(([cuts]) => cuts % 2 === 0)
      ? scheduleToText(parsed.runs.map(([cuts, units]) => [cuts / 2, units]))
      : null
  })
  const [overview, inner] = halves
  if (!overview || !inner || cutn_batches * 2 > 64) return null

  return { cut_overview: overview, cut_innercut: inner, cutn_batches: cutn_batches * 2 }
}

export const memoryRules: readonly RecipeRule[] = [
  {
    id: 'memory',
    reads: ['width_height', 'cut_overview', 'cut_innercut', 'use_secondary_model'],
    say: (recipe, { fit, pack }) => {
      if (fit !== 'no') return null
      const says = 'This needs more memory than any device here has'
      const halved = halvedCuts(recipe)
      if (!recipe.use_secondary_model && pack.secondary)
        return {
          says: `${says}; use_secondary_model takes less than half of it.`,
          fix: { use_secondary_model: true },
        }

      return halved
        ? {
            says: `${says}; half the cuts at once with twice the cutn_batches show CLIP as many.`,
            fix: halved,
          }
        : `${says}; smaller pictures, fewer cuts at once or fewer CLIP models need less.`
    },
  },
]
