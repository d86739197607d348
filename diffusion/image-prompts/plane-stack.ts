/** A picture [3, height, width] with its size. */
export interface PlaneStack {
  data: Float32Array
  width: number
  height: number
}

/** The picture with a border of zeros on all sides. */
export function padded({ data, width, height }: PlaneStack, border: number): PlaneStack {
  const wide = width + 2 * border
  const tall = height + 2 * border
  const out = new Float32Array(3 * wide * tall)

  for (let row = 0; row < 3 * height; row++) {
    const plane = Math.floor(row / height)
    const at = (plane * tall + border + (row % height)) * wide + border
    out.set(data.subarray(row * width, (row + 1) * width), at)
  }

  return { data: out, width: wide, height: tall }
}

/** A square part of the picture, as a copy. */
export function squareOf(
  { data, width, height }: PlaneStack,
  size: number,
  x: number,
  y: number,
): PlaneStack {
  const out = new Float32Array(3 * size * size)

  for (let row = 0; row < 3 * size; row++) {
    const plane = Math.floor(row / size)
    const from = (plane * height + y + (row % size)) * width + x
    out.set(data.subarray(from, from + size), row * size)
  }

  return { data: out, width: size, height: size }
}
