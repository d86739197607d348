import sharp from 'sharp'

const grey = 0x80

/**
 * Gathers pictures into contact sheets of `per` × `per` small copies, in the order they come: one file instead of
 * hundreds for a look at many cells.
 */
export class TileMaker {
  readonly per = 16
  readonly edge = 64
  readonly #height: number
  /** The sheet in the making, red, green and blue, row by row; grey where nothing stands. */
  readonly #pixels: Buffer
  #count = 0

  /** `cell`: size of the largest picture, whose shape all small copies have. */
  constructor(cell: { width: number; height: number }) {
    this.#height = Math.max(1, Math.round((this.edge * cell.height) / cell.width))
    this.#pixels = Buffer.alloc(this.per * this.per * this.edge * this.#height * 3, grey)
  }

  /** Takes one picture; gives a contact sheet as WebP whenever one is full. */
  async add(picture: Uint8Array | null): Promise<Uint8Array | null> {
    if (picture) this.#place(await this.#shrink(picture))
    this.#count++

    return this.#count === this.per * this.per ? this.end() : null
  }

  /** The last contact sheet, which may not be full; null when nothing is left. */
  async end(): Promise<Uint8Array | null> {
    if (this.#count === 0) return null
    const size = { width: this.per * this.edge, height: this.per * this.#height }
    const webp = await sharp(this.#pixels, { raw: { ...size, channels: 3 } })
      .webp({ quality: 84 })
      .toBuffer()
    this.#count = 0
    this.#pixels.fill(grey)

    return webp
  }

  #place(small: Buffer): void {
    const line = this.edge * 3
    const row = Math.floor(this.#count / this.per) * this.#height
    const column = (this.#count % this.per) * line
    for (let y = 0; y < this.#height; y++)
      small.copy(this.#pixels, (row + y) * this.per * line + column, y * line, (y + 1) * line)
  }

  /** `[height, edge, 3]` */
  #shrink(picture: Uint8Array): Promise<Buffer> {
    return sharp(picture)
      .resize({ width: this.edge, height: this.#height, fit: 'contain', background: '#808080' })
      .removeAlpha()
      .toColourspace('srgb')
      .raw()
      .toBuffer()
  }
}
