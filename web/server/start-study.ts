import { setStudyStatus } from '#prisma'
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

  await (await motor()).start(id, { pack: study.file.pack, priority: study.priority as 1 | 2 | 3 | 4 | 5 })
  await setStudyStatus(ledger(), id, 'running', { actor: 'person' })
  log().info({ study: id }, 'study started')
}
