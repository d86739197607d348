import { TeststripError } from '#study'
import type { Ledger } from './ledger.ts'

const mostBatch = 64
const leastMemory = 2 ** 20

/** What a person allows a device; null lifts the limit, undefined leaves it as it is. */
export interface DeviceLimits {
  /** Bytes. */
  memory?: number | null
  /** Renders together. */
  batch?: number | null
}

/**
 * Limits one device, or all that hold a pack. What was found to fit is found anew under the new limit, so lifting one
 * after failures lets them try again from the top.
 *
 * @returns how many devices it is true for
 */
export const limitDevices = async (
  ledger: Ledger,
  which: { id: string } | { pack: string },
  limits: DeviceLimits,
): Promise<number> => {
  const { memory, batch } = limits
  if (batch != null && !(Number.isInteger(batch) && batch >= 1 && batch <= mostBatch))
    throw new TeststripError(
      'invalid_input',
      `batch is ${batch}; it must be a whole number from 1 to ${mostBatch}.`,
    )
  if (memory != null && !(Number.isInteger(memory) && memory >= leastMemory))
    throw new TeststripError(
      'invalid_input',
      `memory is ${memory}; it must be a whole number of bytes, at least ${leastMemory}.`,
    )

  const { rowCount } = await ledger.pool.query(
    `update "Device" set
       "memoryLimit" = case when $2 then $3 else "memoryLimit" end,
       "batchLimit" = case when $4 then $5 else "batchLimit" end,
       fits = case when $2 or $4 then '{}' else fits end
     where ${'id' in which ? 'id = $1' : '$1 = any(packs)'}`,
    [
      'id' in which ? which.id : which.pack,
      memory !== undefined,
      memory ?? null,
      batch !== undefined,
      batch ?? null,
    ],
  )

  return rowCount ?? 0
}
