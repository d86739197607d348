import { readFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { Command } from 'commander'
import { z } from 'zod'
import { parseStudyFile, TeststripError } from '#study'
import { ask, askJson, baseUrl } from '../api.ts'
import { print, printJson, progressLine } from '../output.ts'
import { fetchOption, type PictureOptions } from '../pictures.ts'
import { inWords, type RemoteStudy, readStudy, studyId } from '../studies.ts'
import { uploadPictures } from '../upload-pictures.ts'

export const studyRunCommand = () =>
  new Command('run')
    .description(
      'Start a study from its file, or one that is already there by its id; pictures it names are uploaded',
    )
    .argument('<study>', 'study file, or the id of a study')
    .option('--wait', 'show progress until it is finished')
    .option(...fetchOption)
    .option('--json', 'answer in JSON')
    .action(run)

async function run(
  study: string,
  options: PictureOptions & { wait?: boolean; json?: boolean },
): Promise<void> {
  const id = await created(study, options)
  await ask(`/api/studies/${id}/start`, { method: 'POST', body: '{}' })
  const url = `${baseUrl()}/studies/${id}`
  if (!options.json) print(url)
  const state = options.wait ? await finished(id) : await readStudy(id)
  if (options.json) printJson({ id, url, status: state.status, progress: state.progress })

  const { failed } = state.progress.counts
  if (options.wait && (failed > 0 || state.status !== 'finished'))
    throw new TeststripError(
      'render_failed',
      state.status === 'finished'
        ? `${failed} of ${state.progress.counts.cells} cells failed; "teststrip study retry ${id}" tries them again.`
        : `The study is ${state.status}: ${inWords(state.progress)}.`,
      { id },
    )
}

async function created(study: string, options: PictureOptions): Promise<string> {
  const text = await readFile(study, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' && /^[0-9a-f-]{6,36}$/i.test(study)) return null
    throw error
  })
  if (text === null) return studyId(study)
  // Read here first: what is wrong with the file is then said without a server.
  const file = await uploadPictures(study, parseStudyFile(text), options)

  return (await askJson(z.object({ id: z.string() }), '/api/studies', { body: JSON.stringify(file) })).id
}

/** Waits until nothing moves any more. A server that restarts meanwhile is waited for. */
async function finished(id: string): Promise<RemoteStudy> {
  const progress = progressLine()
  let silent = 0
  try {
    for (;;) {
      try {
        const study = await readStudy(id)
        silent = 0
        progress.show(inWords(study.progress))
        if (['finished', 'cancelled', 'paused'].includes(study.status)) return study
      } catch (error) {
        const isAway = error instanceof TeststripError && error.code === 'unavailable'
        if (!isAway || ++silent > 60) throw error
        progress.show('Teststrip does not answer; waiting for it to come back')
      }
      await sleep(1000)
    }
  } finally {
    progress.end()
  }
}
