export type ErrorCode =
  | 'invalid_input'
  | 'not_found'
  | 'conflict'
  | 'pack_invalid'
  | 'unavailable'
  | 'out_of_memory'
  | 'render_failed'
  | 'cancelled'
  | 'internal'

/** The one map from code to HTTP status. 499 is the customary "client gave up". */
export const errorStatus: Record<ErrorCode, number> = {
  invalid_input: 400,
  not_found: 404,
  conflict: 409,
  cancelled: 499,
  internal: 500,
  render_failed: 500,
  pack_invalid: 503,
  unavailable: 503,
  out_of_memory: 507,
}

/** The only error thrown on purpose. The message says what happened, where, and what to do. */
export class TeststripError extends Error {
  readonly code: ErrorCode
  readonly details: Record<string, unknown>

  constructor(code: ErrorCode, message: string, details: Record<string, unknown> = {}) {
    super(message)
    this.name = 'TeststripError'
    this.code = code
    this.details = details
  }
}

/** An expected failure, as a value: one sentence for people, and where it is for forms. */
export interface Problem {
  message: string
  parameter?: string
  /** Index into the axes of the study. */
  axis?: number
  /** Offset of the offending character in the text that was read. */
  at?: number
}
