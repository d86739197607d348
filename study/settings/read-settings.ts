import { TeststripError } from '../errors.ts'
import { readDocument } from '../file/read-document.ts'
import type { RecipePatch } from '../parameters/catalogue.ts'
import { show } from '../parameters/check-value.ts'
import { parameterNamed, parameters } from '../parameters/parameter.ts'
import { uselessValues } from './set-aside.ts'
import { spelledNumbers } from './spelled-numbers.ts'
import { behaviourOf, type SettingsVersion, versionOf } from './versions.ts'

export interface ReadSettings {
  /** Not checked yet: give it to `checkRecipe`. */
  patch: RecipePatch
  /** The release of Disco Diffusion whose file it is; null for a recipe of ours. */
  version: SettingsVersion | null
  /** All names and values as they stood there. */
  document: Record<string, unknown>
  /** Numbers in the spelling of the file, see `respelled`. */
  spelling: ReadonlyMap<string, string>
  /** Keys no parameter answers to, and values of no use to one that does nothing, kept as they were. */
  unknown: Record<string, unknown>
  notices: string[]
}

/** Written by the notebook, but following from other values. */
const derived = new Set(['diffusion_steps', 'width', 'height'])
const aliases = new Map(parameters.flatMap(({ name, aliases }) => aliases.map((alias) => [alias, name])))

/**
 * Reads a `*_settings.txt` of Disco Diffusion 5.2 … 5.7 (JSON), one of an older release as far as it says the same,
 * or a recipe as YAML or JSON. Throws `invalid_input` when the text is neither.
 */
export function readSettings(text: string): ReadSettings {
  const document = readDocument(text, 'The settings file')
  if (typeof document !== 'object' || document === null || Array.isArray(document))
    throw new TeststripError(
      'invalid_input',
      `The settings file must hold names and values, but holds ${show(document)}.`,
    )

  const patch: Record<string, unknown> = {}
  const unknown: [string, unknown][] = []
  const notices: string[] = []
  const settings = new Map(Object.entries(document))
  const version = versionOf(settings)

  for (const [name, value] of settings) {
    if (derived.has(name)) continue
    // Before 5.1 this name meant the sampler; since then it is how the 3D camera resamples.
    if (name === 'sampling_mode' && (value === 'ddim' || value === 'plms'))
      patch.diffusion_sampling_mode ??= value
    else if (name === 'set_seed' && value === 'random_seed')
      notices.push('set_seed is "random_seed": the file brings no seed of its own.')
    else if (parameterNamed(name)) patch[name] = fromText(name, value)
    else if (aliases.has(name)) patch[aliases.get(name)!] ??= fromText(aliases.get(name)!, value)
    else unknown.push([name, value])
  }

  if (settings.has('width') || settings.has('height'))
    patch.width_height = [settings.get('width'), settings.get('height')]
  const spaced = /^ddim(\d+)$/.exec(String(settings.get('timestep_respacing')))
  if (spaced) patch.steps ??= Number(spaced[1])
  if (typeof patch.cut_ic_pow === 'number') patch.cut_ic_pow = `[${patch.cut_ic_pow}]*1000`
  if (version !== null) {
    patch.behaviour ??= behaviourOf(version)
    for (const [name, why] of uselessValues(patch)) {
      delete patch[name]
      unknown.push([name, settings.get(name)])
      notices.push(`${why} It does nothing here, so its default stands in.`)
    }
    if (patch.noise === undefined)
      notices.push(
        'noise stays as it is; set noise to torch to repeat the random draws of the notebook on a CPU.',
      )
  }
  if (unknown.length > 0) notices.push(`Kept but not used: ${unknown.map(([name]) => name).join(', ')}.`)

  return {
    patch: patch as RecipePatch,
    version,
    document: Object.fromEntries(settings),
    spelling: spelledNumbers(text),
    unknown: Object.fromEntries(unknown),
    notices,
  }
}

/** Numbers that some versions store as text, such as `turbo_steps: "3"`. */
function fromText(name: string, value: unknown): unknown {
  const { kind } = parameterNamed(name)!
  const numeric = kind === 'integer' || kind === 'number' || kind === 'seed'
  if (numeric && typeof value === 'string' && /^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i.test(value))
    return Number(value)
  if (kind === 'choice' && name === 'animation_mode' && value === null) return 'None'

  return value
}
