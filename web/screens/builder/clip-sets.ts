import type { Recipe } from '#study'

export const withClip = (recipe: Recipe, name: string, isOn: boolean): Recipe => ({ ...recipe, [name]: isOn })

const mostAlone = 6

/** An axis over sets of CLIPs: each by itself, then all together. */
export function modelSetsText(names: readonly string[]): string {
  const alone = names.slice(0, mostAlone)

  return `models: ${[...alone, names.join('+')].join(' | ')}`
}
