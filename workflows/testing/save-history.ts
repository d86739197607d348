import { writeFileSync } from 'node:fs'
import type { Client } from '@temporalio/client'
import proto, { type temporal } from '@temporalio/proto'

export const historiesFolder = new URL('./histories/', import.meta.url)

const { History } = proto.temporal.api.history.v1

/**
 * Keeps the history of a workflow for the replay test, as protobuf. What names the machine it ran on is taken out:
 * replaying does not look at it.
 */
export async function saveHistory(options: {
  client: Client
  workflowId: string
  name: string
}): Promise<void> {
  const { client, workflowId, name } = options
  const history = await client.workflow.getHandle(workflowId).fetchHistory()
  hideMachine(history)
  writeFileSync(new URL(`${name}.bin`, historiesFolder), History.encode(history).finish())
}

export const readHistory = (bytes: Uint8Array): temporal.api.history.v1.IHistory => History.decode(bytes)

/** Workers and their own queues are called `pid@host`. */
const workerName = /^\d+@/

function hideMachine(value: unknown): void {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return

  const fields = value as Record<string, unknown>
  for (const [key, field] of Object.entries(fields)) {
    if (key === 'stackTrace') fields[key] = ''
    else if (typeof field === 'string' && workerName.test(field)) fields[key] = 'worker'
    else hideMachine(field)
  }
}
