import { z } from 'zod'
import { errorStatus, TeststripError } from '#study'
import { log } from './log.ts'

export type ErrorBody = { error: { code: string; message: string; details?: Record<string, unknown> } }

/**
 * Wraps a route handler: whatever goes wrong becomes `{ error: { code, message, details } }` with the status of its
 * code. What nobody expected is logged in full and answered without its insides.
 */
export const answering =
  <Context>(handler: (request: Request, context: Context) => Promise<Response>) =>
  async (request: Request, context: Context): Promise<Response> => {
    try {
      return await handler(request, context)
    } catch (error) {
      return failure(error, request)
    }
  }

function failure(error: unknown, request: Request): Response {
  const known = asTeststripError(error)
  const status = errorStatus[known.code]
  const where = { method: request.method, path: withoutToken(new URL(request.url).pathname) }
  if (status >= 500) log().error({ ...where, err: error }, known.message)

  const body: ErrorBody = { error: { code: known.code, message: known.message, details: known.details } }

  return Response.json(body, { status })
}

/** What follows /s/ opens a shared sheet, and logs are read by many. */
const withoutToken = (path: string): string => path.replace(/^\/s\/[^/]+/, '/s/…')

/** Any thrown value as one of our errors. Connection failures of `pg` and gRPC become `unavailable`. */
export function asTeststripError(error: unknown): TeststripError {
  if (error instanceof TeststripError) return error
  if (error instanceof z.ZodError)
    return new TeststripError('invalid_input', error.issues.map(issueSentence).join(' '), {
      issues: error.issues,
    })
  if (error instanceof SyntaxError)
    return new TeststripError('invalid_input', `The body is not valid JSON: ${error.message}.`)
  if (isAway(error))
    return new TeststripError(
      'unavailable',
      'The database does not answer. Finished pictures are safe on disk; this page comes back by itself when Postgres does.',
    )

  return new TeststripError('internal', 'Something unexpected went wrong; the server log has the details.')
}

const issueSentence = (issue: z.core.$ZodIssue): string =>
  `${issue.path.length > 0 ? `${issue.path.join('.')}: ` : ''}${issue.message}.`

const awayCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'ETIMEDOUT',
  'EPIPE',
  '57P01',
  '57P03',
  'P1001',
  'P1002',
  'P1017',
])

function isAway(error: unknown): boolean {
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    const code = (at as { code?: unknown }).code
    if (typeof code === 'string' && awayCodes.has(code)) return true
    if (/connect(ion)? (timeout|terminated|refused)|Can't reach database/i.test(at.message)) return true
  }

  return false
}
