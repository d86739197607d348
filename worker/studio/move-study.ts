import { getStudy, type Ledger, type Study, setStudyStatus } from '#prisma'
import { TeststripError } from '#study'
import type { CommandedStatus } from '#workflows/activities'

const words: Record<CommandedStatus, string> = {
  running: 'run',
  paused: 'be paused',
  cancelled: 'be cancelled',
}

export async function existingStudy(ledger: Ledger, studyId: string): Promise<Study> {
  const study = await getStudy(ledger, studyId)
  if (!study) throw new TeststripError('not_found', `There is no study ${studyId}.`)

  return study
}

/** Brings the study into this status. Being there already is fine: a command may be told twice. */
export async function moveStudy(ledger: Ledger, studyId: string, to: CommandedStatus): Promise<Study> {
  await setStudyStatus(ledger, studyId, to)
  const study = await existingStudy(ledger, studyId)
  if (study.status !== to)
    throw new TeststripError('conflict', `The study is ${study.status}, so it cannot ${words[to]}.`)

  return study
}
