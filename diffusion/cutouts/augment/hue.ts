import type { Adjoint, Batch } from './batch.ts'

/**
 * Turns the hue by `turn` (in whole turns) through HSV and back, as torchvision does. The choice of branches and the
 * whole turns of the hue count as constants in the gradient. A pixel without a hue (infinite saturation) becomes NaN.
 */
export function hue({ data, count, width, height }: Batch, turn: number): Adjoint {
  const area = width * height
  const before = data.slice()

  for (let k = 0; k < count; k++) turnPlanes(before, data, 3 * k * area, area, turn)

  return (gradient) => {
    for (let k = 0; k < count; k++) turnPlanesAdjoint(before, gradient, 3 * k * area, area, turn)
  }
}

// What red, green and blue take in each sixth of the hue circle: 0 v, 1 p, 2 q, 3 t.
const redTakes = [0, 2, 1, 1, 3, 0]
const greenTakes = [3, 0, 0, 2, 1, 1]
const blueTakes = [1, 1, 3, 0, 0, 2]
const nothing = 4

function turnPlanes(x: Float32Array, out: Float32Array, at: number, area: number, turn: number): void {
  for (let i = at; i < at + area; i++) {
    const r = x[i]!
    const g = x[i + area]!
    const b = x[i + 2 * area]!
    const v = Math.max(r, g, b)
    const low = Math.min(r, g, b)
    const s = v === low ? 0 : (v - low) / v
    const h6 = 6 * turned(rawHue(r, g, b, v, v === low ? 1 : v - low), turn)
    const sector = Math.floor(h6)
    const f = h6 - sector
    const p = clamp(v * (1 - s))
    const q = clamp(v * (1 - s * f))
    const t = clamp(v * (1 - s * (1 - f)))

    out[i] = pick(redTakes[sector % 6], v, p, q, t)
    out[i + area] = pick(greenTakes[sector % 6], v, p, q, t)
    out[i + 2 * area] = pick(blueTakes[sector % 6], v, p, q, t)
  }
}

function turnPlanesAdjoint(
  x: Float32Array,
  gradient: Float32Array,
  at: number,
  area: number,
  turn: number,
): void {
  for (let i = at; i < at + area; i++) {
    const r = x[i]!
    const g = x[i + area]!
    const b = x[i + 2 * area]!
    const v = Math.max(r, g, b)
    const low = Math.min(r, g, b)
    const isGray = v === low
    const range = isGray ? 1 : v - low
    const s = isGray ? 0 : (v - low) / v
    const raw = rawHue(r, g, b, v, range)
    const h6 = 6 * turned(raw, turn)
    const sector = Math.floor(h6)
    const f = h6 - sector

    // gradient by v, p, q, t
    const red = redTakes[sector % 6] ?? nothing
    const green = greenTakes[sector % 6] ?? nothing
    const blue = blueTakes[sector % 6] ?? nothing
    const gr = gradient[i]!
    const gg = gradient[i + area]!
    const gb = gradient[i + 2 * area]!
    const byV = (red === 0 ? gr : 0) + (green === 0 ? gg : 0) + (blue === 0 ? gb : 0)
    const byP = isOpen(v * (1 - s)) * ((red === 1 ? gr : 0) + (green === 1 ? gg : 0) + (blue === 1 ? gb : 0))
    const byQ =
      isOpen(v * (1 - s * f)) * ((red === 2 ? gr : 0) + (green === 2 ? gg : 0) + (blue === 2 ? gb : 0))
    const byT =
      isOpen(v * (1 - s * (1 - f))) * ((red === 3 ? gr : 0) + (green === 3 ? gg : 0) + (blue === 3 ? gb : 0))

    // by h (in turns of the raw hue: a sixth each), s, v
    const byHue = (v * s * (byT - byQ)) / range
    const byS = -v * (byP + f * byQ + (1 - f) * byT)
    const byValue = byV + (1 - s) * byP + (1 - s * f) * byQ + (1 - s * (1 - f)) * byT

    // by the highest and lowest channel and by the two whose difference is the hue
    const branch = v === r ? 0 : v === g ? 1 : 2
    const spread = isGray ? 0 : byHue * (raw - 2 * branch)
    const chroma = byS / (isGray ? 1 : v) - spread
    const high = byValue + chroma - (isGray ? 0 : (byS * s) / v)
    const first = low === r ? 0 : low === g ? 1 : 2

    gradient[i] = (branch === 0 ? high : branch === 1 ? -byHue : byHue) - (first === 0 ? chroma : 0)
    gradient[i + area] = (branch === 0 ? byHue : branch === 1 ? high : -byHue) - (first === 1 ? chroma : 0)
    gradient[i + 2 * area] =
      (branch === 0 ? -byHue : branch === 1 ? byHue : high) - (first === 2 ? chroma : 0)

    if (red === nothing) gradient[i] = Number.NaN
  }
}

/** Hue in sixths of a turn, -1 .. 5. */
function rawHue(r: number, g: number, b: number, high: number, range: number): number {
  if (high === r) return (g - b) / range
  if (high === g) return 2 + (b - r) / range

  return 4 + (r - g) / range
}

/** (hue + turn) mod 1 in float32, never negative. */
function turned(raw: number, turn: number): number {
  const whole = raw / 6 + 1
  const sum = Math.fround(Math.fround(whole >= 1 ? whole - 1 : whole) + turn)

  return sum - Math.floor(sum)
}

function pick(which: number | undefined, v: number, p: number, q: number, t: number): number {
  if (which === 0) return v
  if (which === 1) return p
  if (which === 2) return q

  return which === 3 ? t : Number.NaN
}

function clamp(value: number): number {
  return Math.min(Math.max(value, 0), 1)
}

function isOpen(value: number): number {
  return value >= 0 && value <= 1 ? 1 : 0
}
