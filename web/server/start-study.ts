import { type Study, setStudyStatus } from '#prisma'
import { TeststripError } from '#study'
import { checkStudy } from './check-study.ts'
import { ledger } from './ledger.ts'
import { log } from './log.ts'
import { motor } from './motor.ts'
import { readPack, readStudy } from './read-study.ts'

/**
 * Starts a draft, or a cancelled or finished study again. Nothing is started when anything speaks against it; the
 * motor is told first, so a study never says `running` while nobody knows about it.
 */
export async function startStudy(id: string): Promise<void> {
  const study = await readStudy(id)
  if (study.status === 'paused')
    throw new TeststripError('conflict', 'This study is paused; resume it instead.')
  await checkStudy(study.file, await readPack(study.file.pack))

  await restartStudy(study)
  log().info({ study: id }, 'study started')
}

/** Has the motor take the study up as the ledger holds it now: what is new is expanded, what is left is rendered. */
export async function restartStudy({ id, file, priority }: Study): Promise<void> {
  await (await motor()).start(id, { pack: file.pack, priority: priority as 1 | 2 | 3 | 4 | 5 })
  await setStudyStatus(ledger(), id, 'running', { actor: 'person' })
}
