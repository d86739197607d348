import { luma } from '../gray.ts'
import type { Adjoint, Batch } from './batch.ts'

const [RED, GREEN, BLUE] = luma

/** Brightness: towards black. out = clamp(ratio · x, 0, 1). */
export function brightness({ data }: Batch, ratio: number): Adjoint {
  const open = new Uint8Array(data.length)

  for (let i = 0; i < data.length; i++) store(data, open, i, Math.fround(ratio * data[i]!))

  return (gradient) => {
    for (let i = 0; i < gradient.length; i++) gradient[i] = open[i]! * ratio * gradient[i]!
  }
}

/** Contrast: towards the mean grey of each cut. */
export function contrast({ data, count, width, height }: Batch, ratio: number): Adjoint {
  const open = new Uint8Array(data.length)
  const area = width * height

  for (let k = 0; k < count; k++) {
    const at = k * 3 * area
    let mean = 0

    for (let i = at; i < at + area; i++) mean += gray(data, i, area)

    const pull = Math.fround(Math.fround(1 - ratio) * Math.fround(mean / area))

    for (let i = at; i < at + 3 * area; i++) store(data, open, i, Math.fround(ratio * data[i]!) + pull)
  }

  return (gradient) => {
    for (let k = 0; k < count; k++) {
      const at = k * 3 * area
      let sum = 0

      for (let i = at; i < at + 3 * area; i++) {
        gradient[i]! *= open[i]!
        sum += gradient[i]!
      }

      const pull = ((1 - ratio) * sum) / area

      for (let c = 0; c < 3; c++) {
        for (let i = at + c * area; i < at + (c + 1) * area; i++) {
          gradient[i] = ratio * gradient[i]! + luma[c]! * pull
        }
      }
    }
  }
}

/** Saturation: towards each pixel's own grey. */
export function saturation({ data, count, width, height }: Batch, ratio: number): Adjoint {
  const rest = Math.fround(1 - ratio)
  const open = new Uint8Array(data.length)
  const area = width * height

  for (let k = 0; k < count; k++) {
    const at = k * 3 * area

    for (let i = at; i < at + area; i++) {
      const pull = Math.fround(rest * Math.fround(gray(data, i, area)))
      store(data, open, i, Math.fround(ratio * data[i]!) + pull)
      store(data, open, i + area, Math.fround(ratio * data[i + area]!) + pull)
      store(data, open, i + 2 * area, Math.fround(ratio * data[i + 2 * area]!) + pull)
    }
  }

  return (gradient) => {
    for (let k = 0; k < count; k++) {
      const at = k * 3 * area

      for (let i = at; i < at + area; i++) {
        const r = open[i]! * gradient[i]!
        const g = open[i + area]! * gradient[i + area]!
        const b = open[i + 2 * area]! * gradient[i + 2 * area]!
        const pull = (1 - ratio) * (r + g + b)
        gradient[i] = ratio * r + RED * pull
        gradient[i + area] = ratio * g + GREEN * pull
        gradient[i + 2 * area] = ratio * b + BLUE * pull
      }
    }
  }
}

function gray(data: Float32Array, i: number, area: number): number {
  return RED * data[i]! + GREEN * data[i + area]! + BLUE * data[i + 2 * area]!
}

/** Clamps to 0..1 and notes whether a gradient passes: also at exactly 0 and 1. NaN stays NaN. */
function store(data: Float32Array, open: Uint8Array, i: number, value: number): void {
  const rounded = Math.fround(value)
  data[i] = Math.min(Math.max(rounded, 0), 1)
  open[i] = rounded < 0 || rounded > 1 ? 0 : 1
}
