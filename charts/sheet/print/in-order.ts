/**
 * Runs `work` on several items at a time and gives the results in the order of the items. No more than `atOnce` are
 * begun ahead of the one that is waited for, so that results do not pile up.
 */
export async function* inOrder<T, R>(
  items: AsyncIterable<T> | Iterable<T>,
  atOnce: number,
  work: (item: T) => Promise<R>,
): AsyncGenerator<R> {
  const begun: Promise<R>[] = []
  for await (const item of items) {
    const promise = work(item)
    // Its failure is thrown where it is awaited; until then it must not count as unhandled.
    promise.catch(() => {})
    begun.push(promise)
    if (begun.length >= atOnce) yield await begun.shift()!
  }
  for (const promise of begun) yield await promise
}
