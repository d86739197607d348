import { expect, test } from 'vitest'
import { claimToken, earlierClaims } from './claim-token.ts'

const info = {
  workflowExecution: { workflowId: 'study/s/lane/1', runId: 'run' },
  activityId: '7',
  attempt: 1,
}

test('no two attempts, runs or lanes share a token', () => {
  const others = [
    { ...info, attempt: 2 },
    { ...info, activityId: '8' },
    { ...info, workflowExecution: { workflowId: 'study/s/lane/1', runId: 'next' } },
    { ...info, workflowExecution: { workflowId: 'study/s/lane/2', runId: 'run' } },
  ]
  expect(new Set([info, ...others].map(claimToken)).size).toBe(5)
})

test('the earlier claims of an activity are those of its earlier attempts', () => {
  expect(earlierClaims(info)).toEqual([])
  expect(earlierClaims({ ...info, attempt: 3 })).toEqual([
    claimToken(info),
    claimToken({ ...info, attempt: 2 }),
  ])
})
