import type { PackInfo } from '../pack-info.ts'
import type { Recipe } from '../parameters/catalogue.ts'
import { rungThatFits } from './memory.ts'

/** What a forecast wants to know of a device. */
export interface FleetDevice {
  /** Bytes, null when it does not say. */
  memory: number | null
  /** Renders it steps together. */
  batch: number
}

/** `parts`: on a lower rung of the memory ladder, somewhat slower. */
export type Fit = 'whole' | 'parts' | 'no'

const order: readonly Fit[] = ['whole', 'parts', 'no']

/** How a render fits the device that suits it best; null without devices. */
export function fitOn(devices: readonly FleetDevice[], recipe: Recipe, pack: PackInfo): Fit | null {
  const fits = devices.map(({ memory, batch }): Fit => {
    if (memory === null) return 'whole'
    const { rung, fits } = rungThatFits(recipe, pack, { memory, pictures: batch })

    return fits ? (rung === 0 ? 'whole' : 'parts') : 'no'
  })

  return order.find((fit) => fits.includes(fit)) ?? null
}

export const worst = (a: Fit | null, b: Fit | null): Fit | null =>
  order.findLast((fit) => fit === a || fit === b) ?? null
