import { ApplicationFailure } from '@temporalio/common'
import { TeststripError } from '#study'

/** Trying again cannot mend these: the workflow hears of them at once, with the code as the failure's type. */
const lasting = new Set(['invalid_input', 'not_found', 'conflict', 'pack_invalid'])

/** Turns the errors of an activity into failures that Temporal retries, or not, as their code says. */
export function asActivity<Args extends unknown[], Result>(
  run: (...args: Args) => Promise<Result>,
): (...args: Args) => Promise<Result> {
  return async (...args) => {
    try {
      return await run(...args)
    } catch (error) {
      if (!(error instanceof TeststripError)) throw error
      throw ApplicationFailure.create({
        message: error.message,
        type: error.code,
        nonRetryable: lasting.has(error.code),
        cause: error,
      })
    }
  }
}
