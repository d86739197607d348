import { editStudy, type Study, updateDraft } from '#prisma'
import { parseStudyFile, type StudyFile, TeststripError } from '#study'
import { checkStudy } from './check-study.ts'
import { ledger } from './ledger.ts'
import { log } from './log.ts'
import { motor } from './motor.ts'
import { readPack, readStudy } from './read-study.ts'
import { restartStudy } from './start-study.ts'

/**
 * Gives a study another file in whatever state it is: axes longer or shorter, in another order, with other labels. Only
 * what is new is rendered: at once where the study runs or was finished, else when it is resumed or started.
 *
 * @param change a whole study file, or the parts of one that are to be replaced
 * @param from the edition the change was made from
 */
export async function extendStudy(id: string, change: unknown, from: number | undefined): Promise<void> {
  const study = await readStudy(id)
  const file = changedFile(study, change)
  await checkStudy(file, await readPack(file.pack))
  const goesOn = study.status === 'running' || study.status === 'finished'
  // Asked before anything changes: a study must not wait for a motor that is away.
  if (goesOn && !(await (await motor()).healthy()))
    throw new TeststripError(
      'unavailable',
      'Temporal does not answer, so the study was left as it is; try again.',
    )

  // Parts were laid over the file that was just read.
  const options = { from: from ?? (isWhole(change) ? undefined : study.edition) }
  const edited = await (study.status === 'draft' ? updateDraft : editStudy)(ledger(), id, file, options)
  if (goesOn) await restartStudy(edited)
  log().info({ study: id, edition: edited.edition }, 'study extended')
}

const isWhole = (change: unknown): boolean =>
  typeof change !== 'object' || change === null || 'teststrip' in change

const changedFile = (study: Study, change: unknown): StudyFile =>
  parseStudyFile(isWhole(change) ? change : { ...study.file, ...(change as Partial<StudyFile>) })
