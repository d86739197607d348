import { mostPictureBytes } from '#study'
import { readBytes } from '../../../server/body.ts'
import { keepPicture } from '../../../server/keep-picture.ts'
import { answering } from '../../../server/respond.ts'

export const dynamic = 'force-dynamic'

export const POST = answering(async (request) =>
  Response.json(await keepPicture(await readBytes(request, mostPictureBytes)), { status: 201 }),
)
