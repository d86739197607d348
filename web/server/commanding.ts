import { z } from 'zod'
import { readJson } from './body.ts'
import { readProgress, readStudy } from './read-study.ts'
import { answering } from './respond.ts'

interface Context {
  params: Promise<{ id: string }>
}

/** For commands that need no words. */
export const noBody = z.looseObject({})

/** The handler of a command to one study: the body is checked, `obey` does what it says, the answer is how the study stands then. */
export const commanding = <Body>(body: z.ZodType<Body>, obey: (id: string, body: Body) => Promise<void>) =>
  answering<Context>(async (request, { params }) => {
    const { id } = await params
    await obey(id, body.parse(await readJson(request)))

    return Response.json(await readProgress(await readStudy(id)))
  })
