import { Command } from 'commander'
import { askJson } from '../api.ts'
import { print, printJson, wrongUse } from '../output.ts'
import { inWords, progressSchema, studyId } from '../studies.ts'
import { limitOf, toBytes } from './limits.ts'

interface Shared {
  json?: boolean
}

/** The commands to a study differ in their name and in what they send along. */
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
    .option('--memory <GB>', 'allow every device with the pack this much memory from now on')
    .option('--batch <n>', 'allow them this many renders together')
    .action((id: string, options: Shared & { cells?: number[]; memory?: string; batch?: string }) => {
      const limits = {
        memory: toBytes(limitOf('--memory', options.memory)),
        batch: limitOf('--batch', options.batch),
      }

      return send(id, 'retry', { seqs: options.cells, limits }, options)
    })

export const studyAgainCommand = () =>
  control('again', 'Render finished cells once more, on purpose; both pictures are kept')
    .requiredOption('--cells <list>', 'places in the study, such as 3,7', placesOf)
    .action((id: string, options: Shared & { cells: number[] }) =>
      send(id, 'render-again', { seqs: options.cells }, options),
    )

const choosing = (name: string, description: string) =>
  control(name, description)
    .option('--cells <list>', 'these places in the study, such as 3,7', placesOf)
    .option('--axis <n>', 'all cells of one point of this axis, counted from 0 …')
    .option('--point <n>', '… and this point, counted from 0')
    .action((id: string, options: Shared & { cells?: number[]; axis?: string; point?: string }) =>
      send(id, name, choiceOf(options), options),
    )

export const studySkipCommand = () => choosing('skip', 'Leave cells out; those done already stay')

export const studyUnskipCommand = () => choosing('unskip', 'Take back cells that were left out by hand')

export const studyPriorityCommand = () =>
  control(
    'priority',
    'Whose turn comes first: 1 before all others, 3 as usual, 5 when nobody else wants the device',
  )
    .argument('<1-5>', 'the priority')
    .action((id: string, priority: string, options: Shared) =>
      send(id, 'priority', { priority: wholeNumber('the priority', priority, 5) }, options),
    )

export const studyLanesCommand = () =>
  control('lanes', 'How many devices work for a study at once, and those that wait their turn')
    .argument('<n>', 'a number, or "auto" for two per device')
    .action((id: string, lanes: string, options: Shared) =>
      send(id, 'lanes', { lanes: lanes === 'auto' ? null : wholeNumber('lanes', lanes, 64) }, options),
    )

function wholeNumber(what: string, text: string, most: number): number {
  const value = Number(text)
  if (!Number.isInteger(value) || value < 1 || value > most)
    throw wrongUse(`${what} must be a whole number from 1 to ${most}, but got "${text}".`)

  return value
}

function choiceOf({ cells, axis, point }: { cells?: number[]; axis?: string; point?: string }) {
  if (cells && axis === undefined && point === undefined) return { seqs: cells }
  if (!cells && /^\d{1,3}$/.test(axis ?? '') && /^\d{1,6}$/.test(point ?? ''))
    return { axis: Number(axis), point: Number(point) }

  throw wrongUse('Say which cells: --cells 3,7, or --axis 0 --point 2.')
}

function placesOf(text: string): number[] {
  if (!/^\d{1,7}(,\d{1,7})*$/.test(text))
    throw wrongUse(`--cells takes places such as 3,7, but got "${text}".`)

  return text.split(',').map(Number)
}
