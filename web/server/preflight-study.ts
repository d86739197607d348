import { knownDone, listDevices, measuredSpeeds } from '#prisma'
import {
  cellAt,
  countTokens,
  engineVersion,
  type Merges,
  makePlan,
  type PackInfo,
  type Plan,
  parsePrompt,
  preflight,
  renderKey,
  type StudyFile,
} from '#study'
import type { Preflight } from '../wire/study.ts'
import { ledger } from './ledger.ts'
import { merges } from './merges.ts'
import { pictureProblems } from './picture-problems.ts'
import { readPack } from './read-study.ts'

/** Above this many cells nobody waits for an exact count of what is there already. */
const mostKeys = 2_000
const awakeMs = 30_000

/** What a study would cost if it were started now; problems instead of a forecast when it could not. */
export async function preflightStudy(file: StudyFile, now: Date): Promise<Preflight> {
  const pack = await readPack(file.pack)
  const table = await merges()
  const { plan, problems, notices } = makePlan(file, pack, { merges: table })
  const tokens = countPromptTokens(file, pack, table)
  if (!plan) return { problems, notices, tokens, forecast: null }

  const ofPictures = await pictureProblems(plan)
  if (ofPictures.length > 0) return { problems: ofPictures, notices, tokens, forecast: null }

  const [speeds, devices, known] = await Promise.all([
    measuredSpeeds(ledger(), pack.hash),
    listDevices(ledger()),
    knownRenders(plan, pack),
  ])
  const awake = devices.filter((device) => now.getTime() - device.lastSeen.getTime() < awakeMs)
  const forecast = preflight(plan, { known, speeds, devices: awake })

  return { problems, notices, tokens, forecast: { ...forecast, devices: awake.length } }
}

async function knownRenders(plan: Plan, pack: PackInfo): Promise<Set<string>> {
  if (plan.size > mostKeys) return new Set()
  const keys = new Set<string>()
  for (let seq = 0; seq < plan.size; seq++) {
    const cell = cellAt(plan, seq)
    if (!cell.excluded) keys.add(renderKey(cell.recipe, pack, engineVersion))
    // Hashing thousands of recipes takes a while; others want answers in between.
    if (seq % 64 === 63) await new Promise(setImmediate)
  }

  return knownDone(ledger(), [...keys])
}

/** Tokens of every prompt against the shortest context of the pack's CLIPs (start and end take two). */
function countPromptTokens(file: StudyFile, pack: PackInfo, table: Merges): Preflight['tokens'] {
  const prompts = (file.recipe.text_prompts ?? pack.defaults.text_prompts ?? {}) as Record<string, string[]>
  const clip = pack.clip.reduce<PackInfo['clip'][number] | null>(
    (shortest, each) => (shortest === null || each.contextLength < shortest.contextLength ? each : shortest),
    null,
  )
  if (!clip) return []

  return Object.entries(prompts).flatMap(([frame, list]) =>
    list.map((prompt, index) => ({
      frame,
      prompt: index,
      count: countTokens(parsePrompt(prompt).text, table, clip.merges),
      limit: clip.contextLength - 2,
    })),
  )
}
