import { type Ledger, listDevices } from '#prisma'
import type { Device } from './device.ts'

/**
 * Gives devices back what people want of them and what their last process found to fit; with another amount of memory
 * that has to be found anew.
 */
export async function recallFits(ledger: Ledger, devices: readonly Device[]): Promise<void> {
  const known = new Map((await listDevices(ledger)).map((row) => [row.id, row]))

  for (const device of devices) {
    const before = known.get(device.id)
    if (!before) continue
    device.obey({ ...before, aside: before.aside?.reason ?? null })
    if (before.memory !== (device.options.memory ?? null)) continue

    for (const [key, rung] of Object.entries(before.fits)) device.fits.set(key, rung)
  }
}
