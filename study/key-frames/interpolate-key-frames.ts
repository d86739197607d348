import { interpolatingSpline, type SplinePoint } from './interpolating-spline.ts'
import type { KeyFrames } from './parse-key-frames.ts'

export type InterpSpline = 'Linear' | 'Quadratic' | 'Cubic'

/**
 * A value for every frame 0 … frames − 1 (DD `get_inbetweens`, which is pandas' `interpolate`). The last frame takes
 * the value of the last key, also of one that lies beyond it, and such keys still bend a spline. Quadratic needs three
 * keys and Cubic four, else the next simpler one is used.
 */
export function interpolateKeyFrames(
  keys: KeyFrames,
  { frames, spline }: { frames: number; spline: InterpSpline },
): Float64Array {
  const inside = [...keys].filter(([frame]) => frame < frames).sort(byFrame)
  const beyond = [...keys].filter(([frame]) => frame >= frames)
  const inOrder = [...inside, ...beyond]
  const set = new Map(inside)
  set.set(0, inOrder[0]![1])
  set.set(frames - 1, inOrder.at(-1)![1])

  const between = curve(keys.size, spline, [...set].sort(byFrame), beyond)

  return Float64Array.from({ length: frames }, (_, frame) => set.get(frame) ?? between(frame))
}

function curve(
  keys: number,
  spline: InterpSpline,
  inside: SplinePoint[],
  beyond: SplinePoint[],
): (frame: number) => number {
  if (spline === 'Linear' || keys < 3) return straightLines(inside)

  return interpolatingSpline([...inside, ...beyond].sort(byFrame), spline === 'Cubic' && keys > 3 ? 3 : 2)
}

/** `numpy.interp` between the first and the last point. */
function straightLines(points: readonly SplinePoint[]): (frame: number) => number {
  return (frame) => {
    const right = points.findIndex(([x]) => x > frame)
    const [x0, y0] = points[right - 1]!
    const [x1, y1] = points[right]!

    return ((y1 - y0) / (x1 - x0)) * (frame - x0) + y0
  }
}

const byFrame = ([a]: SplinePoint, [b]: SplinePoint) => a - b
