import { statfs } from 'node:fs/promises'
import { sha256 } from '#blobs'
import { knownDone, listDevices, measuredSpeeds } from '#prisma'
import {
  checkValue,
  completeRecipe,
  countTokens,
  type Merges,
  makePlan,
  type PackInfo,
  type Plan,
  type Prompts,
  parameterNamed,
  planKeys,
  preflight,
  readPrompt,
  type StudyFile,
} from '#study'
import type { Preflight } from '../wire/study.ts'
import { env } from './env.ts'
import { ledger } from './ledger.ts'
import { merges } from './merges.ts'
import { pictureProblems } from './picture-problems.ts'
import { readPack } from './read-study.ts'

const awakeMs = 30_000
/** Of the cells whose pictures exist, enough for any miniature. */
const mostShown = 1_000

/** What a study would cost if it were started now; problems instead of a forecast when it could not. */
export async function preflightStudy(file: StudyFile, now: Date): Promise<Preflight> {
  const pack = await readPack(file.pack)
  const table = await merges()
  const { plan, problems, notices } = makePlan(file, pack, { merges: table })
  const tokens = countPromptTokens(file, pack, table)
  if (!plan) return { problems, notices, tokens, forecast: null }

  const ofPictures = await pictureProblems(plan)
  if (ofPictures.length > 0) return { problems: ofPictures, notices, tokens, forecast: null }

  const keys = await keysOf(plan)
  const [speeds, devices, diskFree, known] = await Promise.all([
    measuredSpeeds(ledger(), pack.hash),
    listDevices(ledger()),
    freeDisk(),
    knownDone(
      ledger(),
      [...new Set(keys)].filter((key) => key !== null),
    ),
  ])
  const awake = devices.filter((device) => now.getTime() - device.lastSeen.getTime() < awakeMs)
  const forecast = preflight(plan, { keys, known, speeds, devices: awake })

  const reusedCells = [...keys.keys()].filter((seq) => known.has(keys[seq] ?? '')).slice(0, mostShown)

  return {
    problems,
    notices,
    tokens,
    forecast: { ...forecast, diskFree, reusedCells, devices: awake.length },
  }
}

/** Bytes free where pictures are kept; null for a bucket elsewhere. */
const freeDisk = (): Promise<number | null> =>
  statfs(env().TESTSTRIP_BLOBS).then(
    ({ bavail, bsize }) => bavail * bsize,
    () => null,
  )

async function keysOf(plan: Plan): Promise<(string | null)[]> {
  const keys: (string | null)[] = []
  for (const key of planKeys(plan, sha256)) {
    keys.push(key)
    // Hashing 100,000 recipes takes most of a second; others want answers in between.
    if (keys.length % 2_000 === 0) await new Promise(setImmediate)
  }

  return keys
}

/** Tokens of every prompt against the shortest context of the pack's CLIPs (start and end take two). */
function countPromptTokens(file: StudyFile, pack: PackInfo, table: Merges): Preflight['tokens'] {
  const standard = completeRecipe({}, pack)
  const checked = checkValue(
    parameterNamed('text_prompts')!,
    file.recipe.text_prompts ?? standard.text_prompts,
  )
  const prompts = checked.ok ? (checked.value as Prompts) : {}
  // Disco Diffusion reads the weight as words too.
  const isCorrected = (file.recipe.behaviour ?? standard.behaviour) === 'corrected'
  const read = (prompt: string) => (isCorrected ? readPrompt(prompt, 'corrected').text : prompt)
  const clip = pack.clip.reduce<PackInfo['clip'][number] | null>(
    (shortest, each) => (shortest === null || each.contextLength < shortest.contextLength ? each : shortest),
    null,
  )
  if (!clip) return []

  return Object.entries(prompts).flatMap(([frame, list]) =>
    list.map((prompt, index) => ({
      frame,
      prompt: index,
      count: countTokens(read(prompt), table, clip.merges),
      limit: clip.contextLength - 2,
    })),
  )
}
