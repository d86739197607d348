/** All pictures of an example in one, without labels: its first axis across, the others down. */
export interface WireAtlas {
  src: string
  columns: number
  rows: number
  /** Pixels of one picture. */
  tile: [width: number, height: number]
}

/** A study that ships, as the library and the gallery show it. */
export interface WireExample {
  id: string
  title: string
  says: string
  axes: { name: string; parameters: string[]; points: string[] }[]
  atlas: WireAtlas | null
}
