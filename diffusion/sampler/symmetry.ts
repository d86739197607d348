export interface Symmetry {
  use_horizontal_symmetry: boolean
  use_vertical_symmetry: boolean
  transformation_percent: readonly number[]
}

/** Spaced indices before whose step x is mirrored; `executed` = steps - skip_steps. */
export function symmetrySteps({ transformation_percent }: Symmetry, executed: number): Set<number> {
  return new Set(transformation_percent.map((share) => Math.trunc(executed * (1 - share))))
}

/** x [3, H, W] with its right half the mirror of its left and/or its lower half the mirror of its upper. */
export function mirror(
  x: Float32Array,
  [width, height]: readonly [number, number],
  symmetry: Symmetry,
): Float32Array {
  const out = x.slice()

  if (symmetry.use_horizontal_symmetry) {
    for (let row = 0; row < out.length; row += width) {
      for (let c = 0; c < width >> 1; c++) out[row + width - 1 - c] = out[row + c]!
    }
  }

  if (symmetry.use_vertical_symmetry) {
    for (let plane = 0; plane < out.length; plane += width * height) {
      for (let row = 0; row < height >> 1; row++) {
        const from = plane + row * width
        out.copyWithin(plane + (height - 1 - row) * width, from, from + width)
      }
    }
  }

  return out
}
