import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { bundleWorkflowCode, DefaultLogger, Runtime, Worker } from '@temporalio/worker'
import { expect, test } from 'vitest'
import { historiesFolder, readHistory } from './testing/save-history.ts'

/**
 * Studies run for days and outlive upgrades: the workflows of today must take the decisions that saved histories
 * recorded. If this fails after a change on purpose, guard the change with `patched()`.
 */
test('saved histories replay without a difference', async () => {
  Runtime.install({ logger: new DefaultLogger('ERROR') })
  const workflowBundle = await bundleWorkflowCode({
    workflowsPath: fileURLToPath(new URL('./definitions.ts', import.meta.url)),
    logger: new DefaultLogger('ERROR'),
  })
  const histories = readdirSync(historiesFolder).map((name) => ({
    workflowId: name,
    history: readHistory(readFileSync(new URL(name, historiesFolder))),
  }))
  expect(histories.length).toBeGreaterThanOrEqual(3)

  const errors: Record<string, unknown> = {}
  for await (const result of Worker.runReplayHistories({ workflowBundle }, histories))
    if (result.error) errors[result.workflowId] = result.error
  expect(errors).toEqual({})
})
