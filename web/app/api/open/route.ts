import { readSheet } from '#charts/print'
import { readBytes } from '../../../server/body.ts'
import { answering } from '../../../server/respond.ts'

export const dynamic = 'force-dynamic'

/** Larger than any sheet Teststrip prints as one PNG should be. */
const largestSheet = 256 * 2 ** 20

/** The study that travels inside an exported sheet. */
export const POST = answering(async (request) =>
  Response.json({ file: readSheet(await readBytes(request, largestSheet)).file }),
)
