import { engineVersion, type PackInfo, type Recipe, renderKey } from '#study'

/** The render key of this recipe with weights of that hash, under the engine that runs here; null for no recipe. */
export function keyOf(recipe: Recipe, packHash: string): string | null {
  try {
    // The hash is all of a pack that a key holds.
    return renderKey(recipe, { hash: packHash } as PackInfo, engineVersion)
  } catch {
    return null
  }
}
