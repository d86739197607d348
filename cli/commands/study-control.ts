import { Command } from 'commander'
import { askJson } from '../api.ts'
import { print, printJson, wrongUse } from '../output.ts'
import { inWords, progressSchema, studyId } from '../studies.ts'

interface Shared {
  json?: boolean
}

/** The four commands to a running study differ in their name and in what they send along. */
const control = (name: string, description: string) =>
  new Command(name)
    .description(description)
    .argument('<id>', 'id of a study')
    .option('--json', 'answer in JSON')

async function send(id: string, what: string, body: unknown, { json }: Shared): Promise<void> {
  const whole = await studyId(id)
  const progress = await askJson(progressSchema, `/api/studies/${whole}/${what}`, {
    body: JSON.stringify(body),
  })
  if (json) return printJson({ id: whole, ...progress })

  print(`${progress.status}: ${inWords(progress)}`)
}

export const studyPauseCommand = () =>
  control('pause', 'Pause a study; a picture under way stops at its next step and goes on from there later')
    .option('--soft', 'let pictures under way finish first')
    .action((id: string, options: Shared & { soft?: boolean }) =>
      send(id, 'pause', { mode: options.soft ? 'soft' : 'hard' }, options),
    )

export const studyResumeCommand = () =>
  control('resume', 'Go on with a paused study').action((id: string, options: Shared) =>
    send(id, 'resume', {}, options),
  )

export const studyCancelCommand = () =>
  control('cancel', 'Stop a study; what is finished stays').action((id: string, options: Shared) =>
    send(id, 'cancel', {}, options),
  )

export const studyRetryCommand = () =>
  control('retry', 'Try failed cells again')
    .option('--cells <list>', 'only these places in the study, such as 3,7', placesOf)
    .action((id: string, options: Shared & { cells?: number[] }) =>
      send(id, 'retry', options.cells ? { seqs: options.cells } : {}, options),
    )

function placesOf(text: string): number[] {
  if (!/^\d{1,7}(,\d{1,7})*$/.test(text))
    throw wrongUse(`--cells takes places such as 3,7, but got "${text}".`)

  return text.split(',').map(Number)
}
