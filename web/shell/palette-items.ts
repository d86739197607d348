export interface PaletteItem {
  group: string
  label: string
  /** More words it is found by. */
  words?: string
  keys?: string
  run: () => void
}

/** Items that have all words, those first whose label begins with the search; at most `most` of a group. */
export function findItems(items: readonly PaletteItem[], search: string, most = 7): PaletteItem[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean)
  const counts = new Map<string, number>()
  const begins = ({ label }: PaletteItem) => (label.toLowerCase().startsWith(words.join(' ')) ? 0 : 1)

  return items
    .filter((item) => {
      const text = `${item.label} ${item.words ?? ''}`.toLowerCase()

      return words.every((word) => text.includes(word))
    })
    .map((item, place) => ({ item, place }))
    .sort((a, b) => begins(a.item) - begins(b.item) || a.place - b.place)
    .map(({ item }) => item)
    .filter(({ group }) => {
      counts.set(group, (counts.get(group) ?? 0) + 1)

      return counts.get(group)! <= most
    })
}

/** Items by their groups, groups in the order in which they first come. */
export function grouped(items: readonly PaletteItem[]): [string, PaletteItem[]][] {
  const groups = new Map<string, PaletteItem[]>()
  for (const item of items) groups.set(item.group, [...(groups.get(item.group) ?? []), item])

  return [...groups]
}
