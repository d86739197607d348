import { engineVersion } from '../engine-version.ts'
import { cellAt } from '../plan/cell-at.ts'
import { defaultView, gridOf } from '../plan/grid-of.ts'
import type { Plan } from '../plan/plan.ts'
import { renderKey } from '../recipe/render-key.ts'
import { adviseRecipe } from './advise-recipe.ts'
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
  /** Whether every cell to render fits some device; null without devices, or with nothing to render. */
  fit: Fit | null
  /** A sheet in the default view at full size, roughly. */
  sheet: { width: number; height: number; megapixels: number }
  advice: string[]
}

const sheetGutter = 8
const sheetMargins = { width: 240, height: 320 }
const mostAdvice = 8

/** What starting the study would mean. Looks at every cell once, so time grows with their number. */
export function preflight(
  plan: Plan,
  options: { known: ReadonlySet<string>; speeds: Speeds; devices: readonly FleetDevice[] },
): Preflight {
  const { known, speeds, devices } = options
  const keys = new Set<string>()
  const advice = new Set<string>()
  const counts = { excluded: 0, reused: 0, shared: 0, toRender: 0 }
  let seconds = 0
  let error = 0
  let memory = 0
  let fit: Fit | null = null
  let size: [number, number] = [0, 0]

  for (let seq = 0; seq < plan.size; seq++) {
    const { recipe, excluded } = cellAt(plan, seq)
    size = [Math.max(size[0], recipe.width_height[0]), Math.max(size[1], recipe.width_height[1])]
    if (excluded) {
      counts.excluded++
      continue
    }
    if (advice.size < mostAdvice && isCorner(plan, seq))
      for (const sentence of adviseRecipe(recipe, plan.pack)) advice.add(sentence)

    const key = renderKey(recipe, plan.pack, engineVersion)
    if (keys.has(key)) counts.shared++
    else if (known.has(key)) counts.reused++
    else {
      counts.toRender++
      memory = Math.max(memory, memoryBytes(recipe, plan.pack))
      fit = worst(fit, fitOn(devices, recipe, plan.pack))
      const speed = speedAt(recipe, speeds)
      if (speed) {
        seconds += forecastSeconds(recipe, plan.pack, speed)
        error = Math.max(error, speed.error)
      }
    }
    keys.add(key)
  }

  return {
    cells: plan.size,
    ...counts,
    seconds: speeds.size > 0 ? seconds / Math.max(1, Math.min(devices.length, counts.toRender)) : null,
    errorShare: speeds.size > 0 ? error : null,
    memoryBytes: memory,
    fit,
    sheet: sheetSize(plan, size),
    advice: [...advice].slice(0, mostAdvice),
  }
}

/** Advice is asked for at the ends of the axes, where values are extreme. */
function isCorner(plan: Plan, seq: number): boolean {
  let rest = seq
  for (let i = plan.axes.length - 1; i >= 0; i--) {
    const { length } = plan.axes[i]!.points
    const point = rest % length
    if (point !== 0 && point !== length - 1) return false
    rest = Math.floor(rest / length)
  }

  return true
}

function sheetSize(plan: Plan, [cellWidth, cellHeight]: [number, number]): Preflight['sheet'] {
  const { columns, rows } = gridOf(plan, plan.file.view ?? defaultView(plan))
  const width = sheetMargins.width + columns.length * (cellWidth + sheetGutter)
  const height = sheetMargins.height + rows.length * (cellHeight + sheetGutter)

  return { width, height, megapixels: Math.round((width * height) / 1e4) / 100 }
}
