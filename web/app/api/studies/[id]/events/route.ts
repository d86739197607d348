import { readStudy } from '../../../../../server/read-study.ts'
import { eventsQuery } from '../../../../../server/requests.ts'
import { answering } from '../../../../../server/respond.ts'
import { streamStudy } from '../../../../../server/stream-study.ts'

export const dynamic = 'force-dynamic'

type Context = { params: Promise<{ id: string }> }

/**
 * The life of a study as server-sent events. A reader that comes back sends the version it has seen, as
 * `Last-Event-ID` (browsers do) or `?after=`, and misses nothing.
 */
export const GET = answering<Context>(async (request, { params }) => {
  const { id } = await readStudy((await params).id)
  const lastSeen = request.headers.get('last-event-id') ?? new URL(request.url).searchParams.get('after')
  const { after } = eventsQuery.parse({ after: lastSeen ?? undefined })

  // From here on the response is a stream, and failures can only be told inside it.
  const gone = new AbortController()
  const frames = streamStudy({ id, after, signal: gone.signal })
  const encoder = new TextEncoder()
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await frames.next()
      if (done) controller.close()
      else controller.enqueue(encoder.encode(value))
    },
    cancel() {
      gone.abort()
    },
  })

  return new Response(body, {
    headers: {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-cache, no-transform',
      'x-accel-buffering': 'no',
    },
  })
})
