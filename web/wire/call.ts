import type { z } from 'zod'
import type { problemSchema } from './study.ts'

export type WireProblem = z.infer<typeof problemSchema>

type RefusalDetails = { problems?: WireProblem[]; edition?: number }

/** A refusal of our own API, in its words. */
export class Refused extends Error {
  readonly code: string
  readonly problems: WireProblem[]
  /** The edition the study has by now, where that is why. */
  readonly edition: number | undefined

  constructor(code: string, message: string, details: RefusalDetails = {}) {
    super(message)
    this.name = 'Refused'
    this.code = code
    this.problems = details.problems ?? []
    this.edition = details.edition
  }
}

/** Calls our API with JSON, or with a file as it is; refusals become `Refused`, silence becomes one that says so. */
export async function call<Answer>(
  path: string,
  init: {
    method?: string
    body?: unknown
    file?: Blob
    /** That the change was made from: refused when the study has another by now. */
    edition?: number
    signal?: AbortSignal
    keepalive?: boolean
  } = {},
) {
  const response = await fetch(path, {
    method: init.method ?? (init.body === undefined && !init.file ? 'GET' : 'POST'),
    ...(init.file ? { body: init.file } : {}),
    ...(init.body === undefined ? {} : { body: JSON.stringify(init.body) }),
    headers: {
      ...(init.body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(init.edition === undefined ? {} : { 'if-match': `"${init.edition}"` }),
    },
    signal: init.signal,
    // Browsers let only small bodies outlive their page.
    keepalive: init.keepalive,
  }).catch((cause: unknown) => {
    if (init.signal?.aborted) throw cause
    throw new Refused('unavailable', 'Teststrip does not answer. Is it still running on this machine?')
  })
  if (response.status === 204) return undefined as Answer
  const body: unknown = await response.json().catch(() => null)
  if (response.ok) return body as Answer

  const error = (body as { error?: { code: string; message: string; details?: RefusalDetails } } | null)
    ?.error
  throw new Refused(
    error?.code ?? 'internal',
    error?.message ?? `The server answered ${response.status}.`,
    error?.details,
  )
}
