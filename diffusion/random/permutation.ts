/** Numbers 0..count−1 shuffled as torch's randperm does for few: `integer(n)` draws one of 0..n−1. */
export function permutationBy(integer: (count: number) => number, count: number): number[] {
  const order = Array.from({ length: count }, (_, i) => i)

  for (let i = 0; i < count - 1; i++) {
    const other = i + integer(count - i)
    const held = order[i]!
    order[i] = order[other]!
    order[other] = held
  }

  return order
}
