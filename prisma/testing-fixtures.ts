import { createHash } from 'node:crypto'
import { noCosts, type PackInfo, parameters, type Recipe, type RecipePatch, type StudyFile } from '#study'
import { createStudy } from './create-study.ts'
import { enqueueCells } from './enqueue-cells.ts'
import { finishRender } from './finish-render.ts'
import type { Ledger } from './ledger.ts'
import { setStudyStatus } from './set-study-status.ts'
import type { ClaimedRender, NewCell, Study } from './types.ts'

/** What the ledger's own tests write: whole recipes of real length, pictures that are only names. */
export const base = Object.fromEntries(
  parameters.map((parameter) => [parameter.name, parameter.default]),
) as unknown as Recipe

export const sha = (text: string): string => createHash('sha256').update(text).digest('hex')

export const pack: PackInfo = {
  name: 'starter',
  title: 'Starter pack',
  hash: sha('weights'),
  nativeSize: [64, 64],
  defaults: {},
  usual: {},
  clip: [],
  secondary: false,
  lpips: false,
  parameterCount: 1000,
  costs: noCosts,
}

export const cell = (seq: number, patch: RecipePatch, options: Partial<NewCell> = {}): NewCell => ({
  seq,
  coords: [seq],
  rank: seq,
  key: sha(JSON.stringify(patch)),
  patch,
  partial: null,
  excluded: false,
  ...options,
})

/** `count` cells that differ by their seed. */
export const seedCells = (count: number, from = 0): NewCell[] =>
  Array.from({ length: count }, (_, seq) => cell(seq, { seed: from + seq }))

export const file = (title: string): StudyFile => ({
  teststrip: 1,
  title,
  pack: pack.name,
  recipe: {},
  axes: ['seed seeds 8'],
})

export const runningStudy = async (ledger: Ledger, cells: NewCell[], title = 'A study'): Promise<Study> => {
  const study = await createStudy(ledger, { file: file(title) })
  await enqueueCells(ledger, { studyId: study.id, pack, base, cells })
  await setStudyStatus(ledger, study.id, 'running')

  return study
}

export const claimOf = (studyId: string, claim: string, limit = 1) => ({
  studyId,
  claim,
  limit,
  device: 'here/cpu',
  packHash: pack.hash,
})

export const finish = (ledger: Ledger, render: ClaimedRender, claim: string): Promise<boolean> =>
  finishRender(ledger, {
    key: render.key,
    claim,
    image: sha(`picture of ${render.key}`),
    bytes: 1000,
    width: 64,
    height: 64,
    metrics: { clipSimilarity: 0.25 },
    seconds: 2,
    timings: { secondsPerStep: 0.05, secondsFixed: 0.2, perCutSeconds: 0.001 },
    thumbs: { 96: sha(`thumb of ${render.key}`) },
  })
