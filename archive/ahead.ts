/** Maps in order, with up to `count` calls under way before their turn: a store across a network is worth asking early. */
export async function* ahead<In, Out>(
  items: Iterable<In>,
  count: number,
  map: (item: In) => Promise<Out>,
): AsyncGenerator<Out> {
  const waiting: Promise<Out>[] = []
  for (const item of items) {
    const mapped = map(item)
    // Heard when its turn comes; until then its failure is nobody's surprise.
    mapped.catch(() => undefined)
    waiting.push(mapped)
    if (waiting.length >= count) yield await waiting.shift()!
  }
  for (const mapped of waiting) yield await mapped
}
