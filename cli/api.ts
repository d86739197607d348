import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { z } from 'zod'
import { type ErrorCode, errorStatus, TeststripError } from '#study'

const root = resolve(import.meta.dirname, '..')
const silence = 'Teststrip does not answer'

/** Where the running Teststrip is: TESTSTRIP_URL, else what `teststrip start` has written down. */
export function baseUrl(env: NodeJS.ProcessEnv = process.env): string {
  if (env.TESTSTRIP_URL) return env.TESTSTRIP_URL.replace(/\/+$/, '')
  const note = join(resolve(root, env.TESTSTRIP_DATA || 'var'), 'run', 'web.json')
  try {
    return z.object({ url: z.url() }).parse(JSON.parse(readFileSync(note, 'utf8'))).url
  } catch {
    throw new TeststripError(
      'unavailable',
      'No running Teststrip is known here: start one with "teststrip start", or set TESTSTRIP_URL to the address of one.',
    )
  }
}

const errorBody = z.object({
  error: z.object({
    code: z.string(),
    message: z.string(),
    details: z.record(z.string(), z.unknown()).optional(),
  }),
})

/** Asks the HTTP API; refusals come back as the errors they were over there. */
export async function ask(
  path: string,
  init: {
    method?: string
    body?: string | Uint8Array
    type?: string
    headers?: Record<string, string>
  } = {},
): Promise<Response> {
  const url = baseUrl()
  const response = await fetch(`${url}${path}`, {
    method: init.method ?? (init.body === undefined ? 'GET' : 'POST'),
    body: init.body as BodyInit | undefined,
    headers: {
      ...init.headers,
      ...(init.body === undefined ? {} : { 'content-type': init.type ?? typeOf(init.body) }),
    },
  }).catch(() => {
    throw new TeststripError(
      'unavailable',
      `${silence} at ${url}: start it with "teststrip start", or set TESTSTRIP_URL.`,
    )
  })
  if (response.ok) return response

  const parsed = errorBody.safeParse(await response.json().catch(() => null))
  if (!parsed.success) throw new TeststripError('internal', `${url} answered ${response.status} to ${path}.`)
  const { code, message, details } = parsed.data.error

  throw new TeststripError(code in errorStatus ? (code as ErrorCode) : 'internal', message, details)
}

const typeOf = (body: string | Uint8Array): string =>
  typeof body === 'string' ? 'application/json' : 'application/octet-stream'

/** The checked JSON of an answer. */
export async function askJson<T>(
  schema: z.ZodType<T>,
  path: string,
  init?: Parameters<typeof ask>[1],
): Promise<T> {
  const response = await ask(path, init)
  const parsed = schema.safeParse(await response.json().catch(() => null))
  if (!parsed.success)
    throw new TeststripError(
      'internal',
      `The answer to ${path} is not what this version understands; use the command line of the running version.`,
    )

  return parsed.data
}
