import type { Advice } from '../advice/advice.ts'
import { advise } from '../advice/advise.ts'
import { byAxes } from '../plan/by-axes.ts'
import { coordsOf } from '../plan/cell-at.ts'
import { defaultView, gridOf } from '../plan/grid-of.ts'
import type { Plan } from '../plan/plan.ts'
import { diskBytes } from './disk.ts'
import { type Fit, type FleetDevice, fitOn, worst } from './fit.ts'
import { forecastSeconds, type Speeds, speedAt } from './forecast.ts'
import { memoryBytes } from './memory.ts'

export interface Preflight {
  cells: number
  excluded: number
  /** Already rendered, in whatever study. */
  reused: number
  /** Cells that share the render of another cell of this study. */
  shared: number
  toRender: number
  /** Wall time on the devices given, or null without a measurement. */
  seconds: number | null
  /** Share by which `seconds` may miss. */
  errorShare: number | null
  /** Largest of any cell to render; 0 when none is. */
  memoryBytes: number
  /** Of all pictures to render, about. */
  diskBytes: number
  /** Whether every cell to render fits some device; null without devices, or with nothing to render. */
  fit: Fit | null
  /** A sheet in the default view at full size, roughly. */
  sheet: { width: number; height: number; megapixels: number }
  advice: Advice[]
}

const sheetGutter = 8
const sheetMargins = { width: 240, height: 320 }

/**
 * What starting the study would mean. Looks at every cell once, but works out only once what cells have in common.
 *
 * @param options.keys key of every cell by its place, null for one that is excluded
 * @param options.known those of them whose picture exists
 */
export function preflight(
  plan: Plan,
  options: {
    keys: readonly (string | null)[]
    known: ReadonlySet<string>
    speeds: Speeds
    devices: readonly FleetDevice[]
  },
): Preflight {
  const { keys, known, speeds, devices } = options
  const seen = new Set<string>()
  const counts = { excluded: 0, reused: 0, shared: 0, toRender: 0 }
  let seconds = 0
  let error = 0
  let memory = 0
  let disk = 0
  let fit: Fit | null = null

  const costAt = byAxes(plan, (recipe) => {
    const speed = speedAt(recipe, speeds)

    return {
      memory: memoryBytes(recipe, plan.pack),
      disk: diskBytes(recipe),
      fit: fitOn(devices, recipe, plan.pack),
      seconds: speed ? forecastSeconds(recipe, plan.pack, speed) : 0,
      error: speed?.error ?? 0,
    }
  })

  for (const [seq, key] of keys.entries()) {
    if (key === null) {
      counts.excluded++
      continue
    }
    if (seen.has(key)) counts.shared++
    else if (known.has(key)) counts.reused++
    else {
      const cost = costAt(coordsOf(plan, seq))
      counts.toRender++
      memory = Math.max(memory, cost.memory)
      disk += cost.disk
      fit = worst(fit, cost.fit)
      seconds += cost.seconds
      error = Math.max(error, cost.error)
    }
    seen.add(key)
  }

  return {
    cells: plan.size,
    ...counts,
    seconds: speeds.size > 0 ? seconds / Math.max(1, Math.min(devices.length, counts.toRender)) : null,
    errorShare: speeds.size > 0 ? error : null,
    memoryBytes: memory,
    diskBytes: disk,
    fit,
    sheet: sheetSize(plan),
    advice: advise(plan, { fit }),
  }
}

function sheetSize(plan: Plan): Preflight['sheet'] {
  const { columns, rows } = gridOf(plan, plan.file.view ?? defaultView(plan))
  const onAxis = plan.axes.flatMap((axis) =>
    axis.points.flatMap(({ patch }) => (patch.width_height ? [patch.width_height] : [])),
  )
  const sizes = onAxis.length > 0 ? onAxis : [plan.base.width_height]
  const cell = [0, 1].map((side) => Math.max(...sizes.map((size) => size[side]!))) as [number, number]
  const width = sheetMargins.width + columns.length * (cell[0] + sheetGutter)
  const height = sheetMargins.height + rows.length * (cell[1] + sheetGutter)

  return { width, height, megapixels: Math.round((width * height) / 1e4) / 100 }
}
