/** What a sheet must know of one cell. Rows of the ledger fit as they are. */
export interface SheetCell {
  /** Place in the plan. */
  seq: number
  renderKey: string
  status: 'queued' | 'rendering' | 'done' | 'failed' | 'excluded'
  /** SHA-256 of its picture, null while there is none. */
  image: string | null
  error?: string | null
  /** What a person thinks of it. */
  rating?: number | null
  mark?: string | null
  note?: string | null
}
