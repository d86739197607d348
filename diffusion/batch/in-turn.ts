export type Turns = <T>(work: () => Promise<T>) => Promise<T>

/** One piece of work at a time, first come, first served; a failure is only its own. */
export function inTurn(): Turns {
  let last: Promise<unknown> = Promise.resolve()

  return (work) => {
    const mine = last.then(work, work)
    last = mine.catch(() => undefined)

    return mine
  }
}
