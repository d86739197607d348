import { readFile } from 'node:fs/promises'
import { Command } from 'commander'
import { parseStudyFile } from '#study'
import { askJson } from '../api.ts'
import { print, printJson, wrongUse } from '../output.ts'
import { fetchOption, type PictureOptions } from '../pictures.ts'
import { inWords, progressSchema, studyId } from '../studies.ts'
import { uploadPictures } from '../upload-pictures.ts'

export const studyExtendCommand = () =>
  new Command('extend')
    .description(
      'Give a study another file: axes longer, reordered or relabelled; only what is new is rendered',
    )
    .argument('<id>', 'id of a study')
    .argument('<file>', 'its new study file')
    .option('--edition <number>', 'refuse when the study has been edited since this edition', editionFrom)
    .option(...fetchOption)
    .option('--json', 'answer in JSON')
    .action(extend)

async function extend(
  id: string,
  path: string,
  options: PictureOptions & { edition?: number; json?: boolean },
): Promise<void> {
  const file = await uploadPictures(path, parseStudyFile(await readFile(path, 'utf8')), options)
  const whole = await studyId(id)
  const progress = await askJson(progressSchema, `/api/studies/${whole}/extend`, {
    body: JSON.stringify(file),
    headers: options.edition === undefined ? {} : { 'if-match': `"${options.edition}"` },
  })
  if (options.json) return printJson({ id: whole, ...progress })

  print(`${progress.status}: ${inWords(progress)}`)
}

function editionFrom(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw wrongUse(`--edition takes a number from 1, but got "${text}".`)

  return Number(text)
}
