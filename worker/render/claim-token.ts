import type { Info } from '@temporalio/activity'

type Attempt = Pick<Info, 'workflowExecution' | 'activityId' | 'attempt'>

/**
 * The fence of one activity attempt: no other attempt, run or lane ever has the same. Whoever holds a render writes
 * its token with every change, and a token that is no longer the row's changes nothing.
 */
export const claimToken = ({ workflowExecution, activityId, attempt }: Attempt): string =>
  `${workflowExecution?.workflowId}:${workflowExecution?.runId}:${activityId}:${attempt}`

/** The tokens of the earlier attempts of this activity: whatever they still hold is free again. */
export const earlierClaims = (info: Attempt): string[] =>
  Array.from({ length: info.attempt - 1 }, (_, i) => claimToken({ ...info, attempt: i + 1 }))
