export const list = (text: string | null, by = ','): string[] => (text ? text.split(by) : [])

/** A whole number from 0 up to but without `end`, or null. */
export function within(text: string | null | undefined, end: number): number | null {
  if (!text || !/^\d{1,9}$/.test(text)) return null
  const value = Number(text)

  return value < end ? value : null
}

/** `3,7-9` → 3, 7, 8, 9, each once and below `end`; `lost` counts what was not. */
export function readRuns(text: string | null, end: number): { values: number[]; lost: number } {
  const values = new Set<number>()
  let lost = 0
  for (const run of list(text)) {
    const [first, last = first] = run.split('-')
    const from = within(first, end)
    const to = within(last, end)
    if (from === null || to === null || to < from) lost++
    else for (let value = from; value <= to; value++) values.add(value)
  }

  return { values: [...values], lost }
}

/** 3, 7, 8, 9 → `3,7-9`; the order stays. */
export function writeRuns(values: readonly number[]): string {
  const runs: [number, number][] = []
  for (const value of values) {
    const last = runs.at(-1)
    if (last && value === last[1] + 1) last[1] = value
    else runs.push([value, value])
  }

  return runs.map(([from, to]) => (from === to ? String(from) : `${from}-${to}`)).join(',')
}
