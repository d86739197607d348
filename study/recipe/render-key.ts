import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import { frameCount } from '../key-frames/frames-of.ts'
import { parseKeyFrames } from '../key-frames/parse-key-frames.ts'
import type { PackInfo } from '../pack-info.ts'
import { isActive } from '../parameters/active.ts'
import { clipNames, type ParameterName, type Recipe } from '../parameters/catalogue.ts'
import { floorSize } from '../parameters/check-value.ts'
import { parameters } from '../parameters/parameter.ts'
import { cleanText } from '../prompts/clean-text.ts'
import { parsePrompt } from '../prompts/parse-prompt.ts'
import { promptSets } from '../prompts/prompt-sets.ts'
import { readPrompt } from '../prompts/read-prompt.ts'
import { isSavedStep } from '../saving/saved-steps.ts'
import { parseSchedule, type Run } from '../schedule/parse-schedule.ts'

const clips: ReadonlySet<string> = new Set(clipNames)
const keyed = parameters
  .filter((parameter) => parameter.pixels && !clips.has(parameter.name))
  .sort((a, b) => (a.name < b.name ? -1 : 1))

/** SHA-256 of a text as UTF-8, in hex. The one that comes along runs anywhere; a machine's own is ten times as fast. */
export type Sha256 = (text: string) => string

export const portableSha256: Sha256 = (text) => bytesToHex(sha256(utf8ToBytes(text)))

/**
 * SHA-256 (hex) over all that decides the pixels of a render: the active parameters in normal form,
 * the weights of the pack, and the engine version. Equal key, same picture.
 */
export function renderKey(recipe: Recipe, pack: PackInfo, engineVersion: string): string {
  return portableSha256(renderIdentity(recipe, pack, engineVersion))
}

/** The canonical JSON that `renderKey` hashes. */
export function renderIdentity(recipe: Recipe, pack: PackInfo, engineVersion: string): string {
  return identityAround(pack, engineVersion, identityParts.map(({ write }) => write(recipe)).join(''))
}

/** A piece of the identity: the parameters whose own values it writes, and its text, empty where they do nothing. */
export interface IdentityPart {
  names: readonly ParameterName[]
  write(recipe: Recipe): string
}

/** All pieces in their order. */
export const identityParts: readonly IdentityPart[] = [
  {
    names: clipNames,
    write: (recipe) =>
      member(
        'clip',
        clipNames.filter((name) => recipe[name]),
      ),
  },
  ...keyed.map(
    (parameter): IdentityPart => ({
      names: [parameter.name],
      write: (recipe) => {
        if (!isActive(parameter, recipe) || (innerCuts.has(parameter.name) && hasNoInnerCuts(recipe)))
          return ''
        const value = normalForm(parameter.name, parameter.kind, recipe)

        return value === undefined ? '' : `,${member(parameter.name, value)}`
      },
    }),
  ),
  {
    names: ['intermediate_saves'],
    // They change no pixel, but a render that was made without them does not have them.
    write: (recipe) => {
      const kept = keptOf(recipe)

      return kept.length === 0 ? '' : `,${member('kept', kept)}`
    },
  },
]

/** Executed steps, from 0, of which the render keeps a picture. */
const keptOf = (recipe: Recipe): number[] =>
  recipe.intermediate_saves === 0 || recipe.intermediate_saves === undefined
    ? []
    : Array.from({ length: Math.max(0, recipe.steps - recipe.skip_steps) }, (_, j) => j).filter((j) =>
        isSavedStep(recipe, j),
      )

/** The identity whose recipe is written like this. */
export function identityAround(pack: PackInfo, engineVersion: string, recipe: string): string {
  return `{${member('engine', engineVersion)},${member('pack', pack.hash)},"recipe":{${recipe}}}`
}

const member = (name: string, value: unknown): string => `"${name}":${JSON.stringify(value)}`

/** Parameters of inner cuts, which do nothing in a run that has none. */
const innerCuts: ReadonlySet<ParameterName> = new Set(['cut_ic_pow', 'cut_icgray_p'])

function hasNoInnerCuts({ cut_innercut }: Recipe): boolean {
  const runs = scheduleRuns(cut_innercut)

  return typeof runs !== 'string' && runs.every(([cuts]) => cuts === 0)
}

function normalForm(name: ParameterName, kind: string, recipe: Recipe): unknown {
  const value = recipe[name]
  if (kind === 'schedule') return scheduleRuns(String(value))
  if (kind === 'size') return floorSize(recipe.width_height)
  if (kind === 'keyframes') return keyFrames(String(value))
  if (name === 'text_prompts') {
    const [first, ...later] = promptSets(recipe.text_prompts, frameCount(recipe)).map(({ from, prompts }) => [
      from,
      prompts.map((prompt) => {
        const { text, weight } = readPrompt(prompt, recipe.behaviour)

        return [clean(text), weight]
      }),
    ])

    return later.length === 0 ? first![1] : [first, ...later]
  }
  if (name === 'image_prompts' && Object.keys(recipe.image_prompts).length > 0)
    return promptSets(recipe.image_prompts, frameCount(recipe)).map(({ from, prompts }) => [
      from,
      prompts.map((prompt) => {
        const { text, weight } = parsePrompt(prompt)

        return [text, weight]
      }),
    ])

  return value
}

/** As pairs: what stands around them does not count. */
function keyFrames(text: string): unknown {
  const parsed = parseKeyFrames(text)

  return parsed.ok ? [...parsed.keys] : text
}

// The same few schedules and prompts come back in every cell of a study.
const remembered = 2000
const seenRuns = new Map<string, Run[]>()
const seenTexts = new Map<string, string>()

function scheduleRuns(text: string): Run[] | string {
  const known = seenRuns.get(text)
  if (known) return known
  const parsed = parseSchedule(text)
  if (!parsed.ok) return text
  if (seenRuns.size >= remembered) seenRuns.clear()
  seenRuns.set(text, parsed.runs)

  return parsed.runs
}

function clean(text: string): string {
  const known = seenTexts.get(text)
  if (known !== undefined) return known
  if (seenTexts.size >= remembered) seenTexts.clear()
  const cleaned = cleanText(text)
  seenTexts.set(text, cleaned)

  return cleaned
}
