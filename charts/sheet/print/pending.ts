import type { Box } from '../layout/sheet-layout.ts'

interface Entry<T, R> {
  item: T
  box: Box
  result: Promise<R> | null
}

/**
 * What stands on a page, met from top to bottom: every item is prepared once, shortly before the first band that
 * touches it, and dropped when the last one has passed. A page of 100,000 is walked once.
 */
export class Pending<T, R> {
  readonly #prepare: (item: T) => Promise<R>
  #waiting: Entry<T, R>[]
  #open: Entry<T, R>[] = []

  constructor(items: readonly T[], boxOf: (item: T) => Box, prepare: (item: T) => Promise<R>) {
    this.#prepare = prepare
    this.#waiting = items
      .map((item) => ({ item, box: boxOf(item), result: null }))
      .sort((a, b) => b.box.y - a.box.y || b.box.x - a.box.x)
  }

  /** Drops what ends above `top`, and begins what starts above `ahead`. */
  reach(top: number, ahead: number): void {
    while (this.#waiting.length > 0 && this.#waiting.at(-1)!.box.y < ahead)
      this.#open.push(this.#waiting.pop()!)
    this.#open = this.#open.filter(({ box }) => box.y + box.height > top)
    for (const entry of this.#open) entry.result ??= this.#begin(entry.item)
  }

  /** What has been reached and starts above `bottom`. */
  async *above(bottom: number): AsyncGenerator<{ item: T; result: R }> {
    for (const { item, box, result } of [...this.#open])
      if (box.y < bottom) yield { item, result: await result! }
  }

  #begin(item: T): Promise<R> {
    const result = this.#prepare(item)
    // Awaited when its band comes; a failure before that must not count as unhandled.
    result.catch(() => {})

    return result
  }
}
