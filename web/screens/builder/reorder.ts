/** The place an item would take that was dragged by so much: it passes every middle it crosses. */
export function targetOf(middles: readonly number[], index: number, by: number): number {
  const at = middles[index]! + by
  const before = middles.filter((middle, other) => other < index && middle < at).length
  const after = middles.filter((middle, other) => other > index && middle < at).length

  return before + after
}
