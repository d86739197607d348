import { getStudy, packNamed, type Study, type StudyCounts, studyCounts } from '#prisma'
import { type PackInfo, TeststripError } from '#study'
import type { Progress } from '../wire/study.ts'
import { ledger } from './ledger.ts'
import { readPace } from './read-pace.ts'

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** One study, or `not_found`. */
export async function readStudy(id: string): Promise<Study> {
  const study = uuid.test(id) ? await getStudy(ledger(), id) : null
  if (!study) throw new TeststripError('not_found', `There is no study ${id}; it may have been deleted.`)

  return study
}

/** How a study is doing; its cells are counted unless somebody does so already. */
export async function readProgress(study: Study, counted?: Promise<StudyCounts>): Promise<Progress> {
  const [counts, pace] = await Promise.all([counted ?? studyCounts(ledger(), study.id), readPace(study)])

  return { status: study.status, counts, ...pace }
}

/** The pack a study asks for; `pack_invalid` where no worker has brought it yet. */
export async function readPack(name: string): Promise<PackInfo> {
  const pack = await packNamed(ledger(), name)
  if (!pack)
    throw new TeststripError(
      'pack_invalid',
      `No worker has the pack "${name}" yet. A worker registers its packs when it starts; see Fleet for those that are there.`,
      { pack: name },
    )

  return pack
}
