import { TeststripError } from '#study'
import type { Size } from './index.ts'

interface Releasable {
  release(): Promise<void>
}

/** Sizes whose sessions are kept. A study over width_height visits a few; each holds a copy of the weights. */
const keptSizes = 2

/** One opened network per picture size, the least recently used released first. */
export class PerSize<T extends Releasable> {
  private readonly opened = new Map<string, T>()

  constructor(
    private readonly multiple: number,
    private readonly open: (size: Size) => T,
  ) {}

  async get(size: Size): Promise<T> {
    const [width, height] = size
    if (size.some((side) => side < this.multiple || side % this.multiple !== 0))
      throw new TeststripError(
        'invalid_input',
        `A picture of ${width} × ${height} does not suit this pack: both sides must be multiples of ${this.multiple}.`,
        { parameter: 'width_height' },
      )
    const key = size.join('×')
    const network = this.opened.get(key) ?? this.open(size)
    this.opened.delete(key)
    this.opened.set(key, network)
    for (const [old, other] of this.opened) {
      if (this.opened.size <= keptSizes) break
      this.opened.delete(old)
      await other.release()
    }

    return network
  }

  async release(): Promise<void> {
    const all = [...this.opened.values()]
    this.opened.clear()
    for (const network of all) await network.release()
  }
}
