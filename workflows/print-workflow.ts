import { ActivityFailure, ApplicationFailure } from '@temporalio/common'
import { proxyActivities } from '@temporalio/workflow'
import type { PrintActivities } from './activities.ts'
import { STUDIO_QUEUE } from './queues.ts'

const printer = proxyActivities<Pick<PrintActivities, 'printSheet'>>({
  taskQueue: STUDIO_QUEUE,
  startToCloseTimeout: '4h',
  heartbeatTimeout: '15s',
  // A sheet that ends its worker again and again is not tried for ever.
  retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '30s', maximumAttempts: 5 },
})

const ledger = proxyActivities<Pick<PrintActivities, 'failPrint'>>({
  taskQueue: STUDIO_QUEUE,
  startToCloseTimeout: '1m',
  retry: { initialInterval: '500ms', backoffCoefficient: 2, maximumInterval: '10s' },
})

/**
 * One sheet on its way into a file. What is wanted and how far it is stands in the ledger under `key`; here is only
 * the promise that somebody prints it, whoever is killed meanwhile. Cancelling is a word in the ledger, which the
 * printer reads as it reports.
 */
export async function printWorkflow({ key }: { key: string }): Promise<void> {
  try {
    await printer.printSheet({ key })
  } catch (error) {
    const cause = error instanceof ActivityFailure ? error.cause : error
    const reason =
      cause instanceof ApplicationFailure
        ? cause.message
        : 'The printer was lost several times while it worked on this sheet; choose a smaller one or another format.'
    await ledger.failPrint({ key, reason })
  }
}
