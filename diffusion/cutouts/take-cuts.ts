import { grayInPlace, spreadGray } from './gray.ts'
import type { Cut } from './plan-cuts.ts'
import { resizeSquare, resizeSquareAdjoint } from './resize.ts'

/** Turns a gradient by the cuts into one by what they were made from. */
export interface Cuts {
  /** [cuts.length, 3, side, side], nominally 0..1, not clamped */
  data: Float32Array
  /** adds the adjoint of a gradient [cuts.length, 3, side, side] to `into` [3, H, W] */
  adjoint(gradient: Float32Array, into: Float32Array): void
}

/** Cuts a picture [3, H, W] (0..1) as planned and resizes every cut to side × side. */
export function takeCuts(
  image: Float32Array,
  [width, height]: readonly [number, number],
  cuts: readonly Cut[],
  side: number,
): Cuts {
  const data = new Float32Array(cuts.length * 3 * side * side)
  const length = 3 * side * side

  cuts.forEach((cut, k) => {
    const twin = cuts[k - 1]

    if (twin && isCopy(cut, twin)) {
      data.copyWithin(k * length, (k - 1) * length, k * length)

      return
    }

    takeCut(image, width, height, cut, side, data, k * length)
  })

  return {
    data,

    adjoint(gradient, into) {
      const g = new Float32Array(length)

      cuts.forEach((cut, k) => {
        addTo(g, gradient.subarray(k * length, (k + 1) * length))
        const next = cuts[k + 1]

        // copies of one cut go back together
        if (next && isCopy(next, cut)) return

        takeCutAdjoint(g, side, cut, into, width, height)
        g.fill(0)
      })
    },
  }
}

function isCopy(a: Cut, b: Cut): boolean {
  return a.square === b.square && a.gray === b.gray && a.flip === b.flip
}

function takeCut(
  image: Float32Array,
  width: number,
  height: number,
  cut: Cut,
  side: number,
  out: Float32Array,
  at: number,
): void {
  const area = side * side
  for (let c = 0; c < 3; c++) {
    resizeSquare(
      { data: image, offset: c * width * height, width, height },
      cut.square,
      side,
      out,
      at + c * area,
    )
  }

  if (cut.gray) grayInPlace(out, at, area)

  if (cut.flip) flipRows(out, at, side)
}

function addTo(sum: Float32Array, part: Float32Array): void {
  for (let i = 0; i < sum.length; i++) sum[i]! += part[i]!
}

/** Works in place on the gradient [3, side, side]. */
function takeCutAdjoint(
  g: Float32Array,
  side: number,
  cut: Cut,
  into: Float32Array,
  width: number,
  height: number,
): void {
  const area = side * side

  if (cut.flip) flipRows(g, 0, side)

  if (cut.gray) spreadGray(g, 0, area)

  for (let c = 0; c < 3; c++) {
    resizeSquareAdjoint(g, c * area, side, cut.square, {
      data: into,
      offset: c * width * height,
      width,
      height,
    })
  }
}

/** Mirrors three planes left to right, in place. */
function flipRows(data: Float32Array, at: number, side: number): void {
  for (let row = 0; row < 3 * side; row++) data.subarray(at + row * side, at + (row + 1) * side).reverse()
}
