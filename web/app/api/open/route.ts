import { readBytes } from '../../../server/body.ts'
import { openFile } from '../../../server/open-file.ts'
import { answering } from '../../../server/respond.ts'

export const dynamic = 'force-dynamic'

/** Larger than any sheet Teststrip prints as one PNG should be. */
const largestFile = 256 * 2 ** 20

/** The study inside an exported sheet or a study file, or the recipe inside a settings file. */
export const POST = answering(async (request) =>
  Response.json(await openFile(await readBytes(request, largestFile))),
)
