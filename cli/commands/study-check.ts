import { readFile } from 'node:fs/promises'
import { totalmem } from 'node:os'
import { Command } from 'commander'
import { sha256 } from '#blobs'
import { sheetSize } from '#charts'
import { decodePicture, loadPack, packInfo, readMerges } from '#diffusion'
import {
  makePlan,
  type Plan,
  parseStudyFile,
  picturesOfPlan,
  planKeys,
  preflight,
  shaOfReference,
  TeststripError,
} from '#study'
import { print, printJson, say } from '../output.ts'
import { packNamed } from '../packs.ts'
import { fetchOption, type PictureOptions, picturesBeside } from '../pictures.ts'

export const studyCheckCommand = () =>
  new Command('check')
    .description('Check a study file without running it; no services needed')
    .argument('<file>', 'study file, YAML or JSON')
    .option('--pack <dir>', 'check against this pack instead of the one the study names')
    .option(...fetchOption)
    .option('--json', 'answer in JSON')
    .action(check)

async function check(
  path: string,
  options: PictureOptions & { pack?: string; json?: boolean },
): Promise<void> {
  const file = parseStudyFile(await readFile(path, 'utf8'))
  const info = options.pack ? packInfo(await loadPack(options.pack)) : (await packNamed(file.pack)).info
  const { plan, problems, notices } = makePlan(file, info, { merges: readMerges() })
  if (!plan)
    throw new TeststripError('invalid_input', problems.map((problem) => problem.message).join('\n'), {
      problems,
    })

  await checkPictures(plan, picturesBeside(path, options))
  const { cells, excluded, shared, toRender, memoryBytes, fit, advice } = preflight(plan, {
    keys: [...planKeys(plan, sha256)],
    known: new Set(),
    speeds: new Map(),
    devices: [{ memory: totalmem(), batch: 1 }],
  })
  const sheet = sheetSize(plan)
  if (options.json)
    return printJson({
      title: file.title,
      cells,
      excluded,
      shared,
      toRender,
      memoryBytes,
      fit,
      sheet,
      notices,
      advice,
    })

  for (const sentence of [...notices, ...advice.map(({ says }) => says)]) say(sentence)
  print(
    `${file.title}: ${shape(plan)}${excluded > 0 ? `, ${excluded} excluded` : ''}, ${toRender} renders, about ${Math.ceil(memoryBytes / 2 ** 20)} MiB each${fitHere[fit ?? 'whole']}.`,
  )
  print(
    sheet.problem ?? `Its sheet: ${sheet.width} × ${sheet.height} pixels, ${sheet.megapixels} megapixels.`,
  )
}

const fitHere = {
  whole: '',
  parts: ': more than this machine has, so they are made in smaller pieces',
  no: ': more than this machine has',
}

/** Every picture the study names can be read; those named by what they are may only be kept where it will run. */
async function checkPictures(plan: Plan, read: (name: string) => Promise<Uint8Array>): Promise<void> {
  for (const named of picturesOfPlan(plan))
    if (shaOfReference(named.name) === null) await decodePicture(await read(named.name), named)
}

/** `4 × 4 = 16 cells`. */
function shape({ axes, size }: Plan): string {
  const cells = `${size} cell${size === 1 ? '' : 's'}`

  return axes.length < 2 ? cells : `${axes.map((axis) => axis.points.length).join(' × ')} = ${cells}`
}
