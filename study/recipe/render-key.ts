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
import { parseSchedule, type Run } from '../schedule/parse-schedule.ts'

const clips: ReadonlySet<string> = new Set(clipNames)
const keyed = parameters
  .filter((parameter) => parameter.pixels && !clips.has(parameter.name))
  .sort((a, b) => (a.name < b.name ? -1 : 1))

/**
 * SHA-256 (hex) over all that decides the pixels of a render: the active parameters in normal form,
 * the weights of the pack, and the engine version. Equal key, same picture.
 */
export function renderKey(recipe: Recipe, pack: PackInfo, engineVersion: string): string {
  return bytesToHex(sha256(utf8ToBytes(renderIdentity(recipe, pack, engineVersion))))
}

/** The canonical JSON that `renderKey` hashes. */
export function renderIdentity(recipe: Recipe, pack: PackInfo, engineVersion: string): string {
  const silent = silentCuts(recipe)
  const values: Record<string, unknown> = {
    clip: clipNames.filter((name) => recipe[name]),
  }
  for (const parameter of keyed)
    if (isActive(parameter, recipe) && !silent.has(parameter.name))
      values[parameter.name] = normalForm(parameter.name, parameter.kind, recipe)

  return JSON.stringify({ engine: engineVersion, pack: pack.hash, recipe: values })
}

/** Parameters of inner cuts do nothing in a run that has none. */
function silentCuts(recipe: Recipe): ReadonlySet<ParameterName> {
  const runs = scheduleRuns(recipe.cut_innercut)
  const none = typeof runs !== 'string' && runs.every(([cuts]) => cuts === 0)

  return none ? withoutInnerCuts : withAllCuts
}
const withAllCuts: ReadonlySet<ParameterName> = new Set()
const withoutInnerCuts: ReadonlySet<ParameterName> = new Set(['cut_ic_pow', 'cut_icgray_p'])

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
