import type { PackInfo } from '../pack-info.ts'
import { clipNames, type Recipe, type RecipePatch } from '../parameters/catalogue.ts'
import { floorSize } from '../parameters/check-value.ts'
import { parameters } from '../parameters/parameter.ts'

const catalogueDefaults = Object.fromEntries(
  parameters.map((parameter) => [parameter.name, parameter.default]),
) as unknown as Recipe

/** Defaults of the catalogue, under those of the pack, under the patch. Values are taken as they are (see `checkRecipe`). */
export function completeRecipe(patch: RecipePatch, pack?: PackInfo): Recipe {
  const recipe: Recipe = { ...catalogueDefaults, ...networks(pack), ...pack?.defaults, ...patch }

  return { ...recipe, width_height: floorSize(recipe.width_height) }
}

/** The default switches, as far as the pack has the networks; a pack with none of the usual CLIPs uses all it has. */
function networks(pack?: PackInfo): RecipePatch {
  if (!pack) return {}

  const held = clipNames.filter((name) => pack.clip.some((clip) => clip.name === name))
  const usual = held.filter((name) => catalogueDefaults[name])
  const on = usual.length > 0 ? usual : held
  const switches: RecipePatch = {
    use_secondary_model: pack.secondary && catalogueDefaults.use_secondary_model,
    init_scale: pack.lpips ? catalogueDefaults.init_scale : 0,
    frames_scale: pack.lpips ? catalogueDefaults.frames_scale : 0,
  }
  for (const name of clipNames) switches[name] = on.includes(name)

  return switches
}
