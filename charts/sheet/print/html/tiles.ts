import sharp from 'sharp'

/**
 * Gathers pictures into contact sheets of `per` × `per` small copies, in the order they come: one file instead of
 * hundreds for a look at many cells.
 */
export class TileMaker {
  readonly per = 16
  readonly edge = 64
  readonly #height: number
  #small: (Buffer | null)[] = []

  /** `cell`: size of the largest picture, whose shape all small copies have. */
  constructor(cell: { width: number; height: number }) {
    this.#height = Math.max(1, Math.round((this.edge * cell.height) / cell.width))
  }

  /** Takes one picture; gives a contact sheet as WebP whenever one is full. */
  async add(picture: Uint8Array | null): Promise<Uint8Array | null> {
    this.#small.push(picture && (await this.#shrink(picture)))

    return this.#small.length === this.per * this.per ? this.end() : null
  }

  /** The last contact sheet, which may not be full; null when nothing is left. */
  async end(): Promise<Uint8Array | null> {
    if (this.#small.length === 0) return null
    const layers = this.#small.flatMap((input, place) =>
      input
        ? [{ input, left: (place % this.per) * this.edge, top: Math.floor(place / this.per) * this.#height }]
        : [],
    )
    this.#small = []

    return sharp({
      create: {
        width: this.per * this.edge,
        height: this.per * this.#height,
        channels: 3,
        background: '#808080',
      },
    })
      .composite(layers)
      .webp({ quality: 84 })
      .toBuffer()
  }

  #shrink(picture: Uint8Array): Promise<Buffer> {
    return sharp(picture)
      .resize({ width: this.edge, height: this.#height, fit: 'contain', background: '#808080' })
      .removeAlpha()
      .png({ compressionLevel: 0 })
      .toBuffer()
  }
}
