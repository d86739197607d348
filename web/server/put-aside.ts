import { archiveStudy } from '#prisma'
import { ledger } from './ledger.ts'
import { readProgress, readStudy } from './read-study.ts'
import { answering } from './respond.ts'

/** The handler of `archive` and of `restore`. */
export const putAside = (archived: boolean) =>
  answering<{ params: Promise<{ id: string }> }>(async (_request, { params }) => {
    const { id } = await readStudy((await params).id)
    await archiveStudy(ledger(), id, { archived })

    return Response.json(await readProgress(await readStudy(id)))
  })
