/** A study to begin with, as the library shows it. */
export interface WireTemplate {
  id: string
  title: string
  says: string
  /** Points of its first axis, and of the others together, for its small drawing. */
  shape: [columns: number, rows: number]
}
