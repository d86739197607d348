export interface Tail {
  /** Renders of the study that nobody has claimed. */
  left: number
  /** Seconds a render takes here; null: not measured. */
  mine: number | null
  /** The same of the other devices that work for the pack. */
  others: readonly (number | null)[]
}

/** Forecasts miss a little: only a clear difference counts. */
const clearly = 1.2

/**
 * Whether a device should take one of the last renders: not when the others would be through with all of them, this
 * one included, before it had finished it. So fast and slow devices end together.
 */
export function shouldTake({ left, mine, others }: Tail): boolean {
  const rate = others.reduce<number>((sum, seconds) => (seconds === null ? sum : sum + 1 / seconds), 0)
  if (mine === null || rate === 0) return true

  // The others are half way through one each, on average.
  const underWay = others.filter((seconds) => seconds !== null).length / 2

  return mine <= ((left + underWay) / rate) * clearly
}

/**
 * How many renders at once a device should step when so few are left that all devices can share them.
 *
 * @param left those it steps already included
 */
export const batchAtTail = (left: number, batch: number, devices: number): number =>
  Math.min(batch, Math.max(1, Math.ceil(left / Math.max(1, devices))))
