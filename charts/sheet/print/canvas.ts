import type { Box } from '../layout/sheet-layout.ts'

export type Colour = readonly [number, number, number]

/** Bytes from one row of a band to the next: rows begin on words, so that they can be read four bytes at a time. */
export const strideOf = (width: number): number => 4 * Math.ceil((3 * width) / 4)

/** A horizontal band of the page: RGB, 8 bits each, `top` is its first row on the page. Drawing outside is cut off. */
export class Band {
  readonly stride: number

  /** `pixels` may be memory that was used before, for `height` rows of `strideOf(width)` bytes or more. */
  constructor(
    readonly width: number,
    readonly top: number,
    readonly height: number,
    background: Colour,
    readonly pixels: Uint8Array = new Uint8Array(strideOf(width) * height),
  ) {
    this.stride = strideOf(width)
    this.fill({ x: 0, y: top, width, height }, background)
  }

  /** Its rows one by one, without what fills them up to words. */
  *rows(): Generator<Uint8Array> {
    for (let row = 0; row < this.height; row++)
      yield this.pixels.subarray(row * this.stride, row * this.stride + 3 * this.width)
  }

  touches(box: Box): boolean {
    return box.y < this.top + this.height && box.y + box.height > this.top
  }

  fill(box: Box, colour: Colour): void {
    let first = -1
    this.#rows(box, (at, count) => {
      if (first < 0) {
        first = at
        repeat(this.pixels.subarray(at, at + 3 * count), colour)
      } else this.pixels.copyWithin(at, first, first + 3 * count)
    })
  }

  /** Paints where `inside` holds for a pixel counted from the left top corner of the box. */
  pattern(box: Box, colour: Colour, inside: (x: number, y: number) => boolean): void {
    this.#rows(box, (at, count, y, x) => {
      for (let i = 0; i < count; i++) {
        if (!inside(x + i, y)) continue
        this.pixels[at + 3 * i] = colour[0]
        this.pixels[at + 3 * i + 1] = colour[1]
        this.pixels[at + 3 * i + 2] = colour[2]
      }
    })
  }

  /** Copies RGB rows of the box's size. */
  picture(box: Box, rgb: Uint8Array): void {
    this.#rows(box, (at, count, y, x) => {
      const from = 3 * (y * box.width + x)
      this.pixels.set(rgb.subarray(from, from + 3 * count), at)
    })
  }

  /** Lays a colour over the box as far as `coverage` (0..255 per pixel of the box) says. */
  cover(box: Box, coverage: Uint8Array, colour: Colour): void {
    this.#rows(box, (at, count, y, x) => {
      for (let i = 0; i < count; i++) {
        const share = coverage[y * box.width + x + i]!
        if (share === 0) continue
        for (let channel = 0; channel < 3; channel++) {
          const place = at + 3 * i + channel
          const below = this.pixels[place]!
          this.pixels[place] = Math.round(below + ((colour[channel]! - below) * share) / 255)
        }
      }
    })
  }

  /** Visits the rows of a box that lie in the band: place of the first pixel, count, and where that is in the box. */
  #rows(box: Box, draw: (at: number, count: number, y: number, x: number) => void): void {
    const left = Math.max(0, box.x)
    const count = Math.min(this.width, box.x + box.width) - left
    if (count <= 0) return
    const first = Math.max(this.top, box.y)
    const end = Math.min(this.top + this.height, box.y + box.height)
    for (let y = first; y < end; y++)
      draw((y - this.top) * this.stride + 3 * left, count, y - box.y, left - box.x)
  }
}

/** One colour all over, by copies that double: setting pixel by pixel is what would take the time of a large page. */
function repeat(pixels: Uint8Array, colour: Colour): void {
  pixels.set(colour)
  for (let done = 3; done < pixels.length; done *= 2) pixels.copyWithin(done, 0, done)
}

/** `share` of one colour in another. */
export function mix(background: Colour, colour: Colour, share: number): Colour {
  return background.map((below, i) => Math.round(below + (colour[i]! - below) * share)) as unknown as Colour
}
