import { parameters } from './parameter.ts'

/** The parameter a mistyped or foreign name probably means, or null. */
export function nearestParameter(name: string): string | null {
  const wanted = name.toLowerCase().slice(0, 80)
  for (const { name: known, aliases } of parameters)
    if (known.toLowerCase() === wanted || aliases.includes(name)) return known

  return nearestOf(
    wanted,
    parameters.map(({ name }) => name),
  )
}

/** The one of `names` that a mistyped one probably means, or null. */
export function nearestOf(name: string, names: readonly string[]): string | null {
  const wanted = name.toLowerCase().slice(0, 80)
  let best: { name: string; distance: number } | null = null
  for (const known of names) {
    const distance = editDistance(wanted, known.toLowerCase())
    if (!best || distance < best.distance) best = { name: known, distance }
  }

  return best && best.distance <= Math.max(2, Math.floor(wanted.length / 3)) ? best.name : null
}

/** Insertions, deletions, replacements and swaps of neighbours that lead from one word to the other. */
function editDistance(from: string, to: string): number {
  let before: number[] = []
  let row = Array.from({ length: to.length + 1 }, (_, i) => i)
  for (let i = 1; i <= from.length; i++) {
    const next = [i]
    for (let j = 1; j <= to.length; j++) {
      const replace = row[j - 1]! + (from[i - 1] === to[j - 1] ? 0 : 1)
      let least = Math.min(replace, row[j]! + 1, next[j - 1]! + 1)
      if (i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1])
        least = Math.min(least, before[j - 2]! + 1)
      next.push(least)
    }
    before = row
    row = next
  }

  return row[to.length]!
}
