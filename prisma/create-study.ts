import { v7 } from 'uuid'
import type { StudyFile } from '#study'
import type { Ledger } from './ledger.ts'
import { fileColumns, toStudy } from './study-row.ts'
import type { Study } from './types.ts'

/** A new draft. Ids are UUIDv7: newest last, wherever they are sorted. */
export const createStudy = async (
  ledger: Ledger,
  options: { file: StudyFile; demo?: boolean; actor?: string },
): Promise<Study> =>
  toStudy(
    await ledger.prisma.study.create({
      data: {
        id: v7(),
        ...fileColumns(options.file),
        demo: options.demo ?? false,
        events: { create: { actor: options.actor ?? 'person', kind: 'created' } },
      },
    }),
  )
