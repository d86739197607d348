import type { ParameterName, Recipe } from '../parameters/catalogue.ts'
import { parameters } from '../parameters/parameter.ts'
import { checkPatch } from '../recipe/check-patch.ts'
import { parseSchedule } from '../schedule/parse-schedule.ts'
import { spacing } from '../schedule/spacing.ts'
import { pythonJson } from './python-json.ts'
import type { ReadSettings } from './read-settings.ts'
import { respelled } from './spelled-numbers.ts'
import { behaviourOf, type SettingsKey, type SettingsVersion, settingsKeys, versionOf } from './versions.ts'

export interface WriteOptions {
  /** The release to write for. Default: the one that was read, as far as it suits `behaviour`. */
  version?: SettingsVersion
  /** What the recipe was read from: keys unknown here go along, and unchanged values keep their spelling. */
  read?: ReadSettings
  /** Only what the notebook itself would write; for `corrected`, which it does not know, nothing is left out. */
  asNotebook?: boolean
}

/**
 * The settings file Disco Diffusion itself would write: 66 keys for 5.2 up to the 96 of 5.5 and later. What the
 * notebook does not store is added at the end where it differs from the defaults, so nothing is lost.
 */
export function writeSettings(recipe: Recipe, options: WriteOptions = {}): string {
  const { read } = options
  const version = options.version ?? versionFor(recipe, read)
  const keys = settingsKeys[version]
  const spelled = spellings(recipe, version, read)
  const settings: Record<string, unknown> = {}

  for (const key of keys)
    settings[key] = spelled.has(key) ? spelled.get(key) : settingOf(key, recipe, version)
  if (!options.asNotebook || recipe.behaviour === 'corrected') {
    for (const { name, default: usual } of parameters) {
      if (name === 'behaviour' || name === 'width_height' || keys.includes(name)) continue
      if (JSON.stringify(recipe[name]) !== JSON.stringify(usual)) settings[name] = recipe[name]
    }
    const implied = behaviourOf(versionOf(new Map(Object.entries(settings)))!)
    if (recipe.behaviour !== implied) settings.behaviour = recipe.behaviour
  }
  for (const [key, value] of Object.entries(read?.unknown ?? {})) settings[key] = value
  for (const [key, value] of Object.entries(settings))
    settings[key] = respelled(value, read?.spelling.get(key))

  return pythonJson(settings)
}

/** The release whose file says what `behaviour` means. */
function versionFor({ behaviour }: Recipe, read?: ReadSettings): SettingsVersion {
  const known = read?.version

  if (behaviour === 'disco-5.2') return '5.2'
  if (behaviour === 'disco-5.6') return known && known !== '5.2' ? known : '5.6'

  return known ?? '5.6'
}

/** Values of the file the recipe was read from that still mean what the recipe says, as they stood there. */
function spellings(recipe: Recipe, version: SettingsVersion, read?: ReadSettings): Map<string, unknown> {
  if (!read?.version) return new Map()

  const { patch } = checkPatch(read.patch)

  return new Map(
    Object.entries(read.document).filter(([key]) => {
      const name = key === 'width' || key === 'height' ? 'width_height' : (key as ParameterName)
      // A number until 5.4, a schedule since.
      if (name === 'cut_ic_pow' && version !== read.version) return false

      return name in patch && JSON.stringify(patch[name]) === JSON.stringify(recipe[name])
    }),
  )
}

function settingOf(key: SettingsKey, recipe: Recipe, version: SettingsVersion): unknown {
  if (key === 'width') return recipe.width_height[0]
  if (key === 'height') return recipe.width_height[1]
  if (key === 'diffusion_steps') return spacing(recipe.steps).N
  if (key === 'turbo_steps') return String(recipe.turbo_steps)
  if (key === 'cut_ic_pow' && version < '5.5') {
    const parsed = parseSchedule(recipe.cut_ic_pow)
    if (parsed.ok && parsed.runs.length === 1) return parsed.runs[0]![0]
  }

  return recipe[key]
}
