export type ThemeName = 'light' | 'dark'

/** Choices of the person who takes the sheet home. None of them changes which cells are shown. */
export interface SheetOptions {
  theme: ThemeName
  /** Width of a cell in pixels; the height follows. Left out: small pictures are enlarged, large ones keep their pixels. */
  cell?: number
  licence?: string
  author?: string
  /** Printed in the footer, as `2026-11-23`. */
  date?: string
  /** Where the study can be found, in the QR; without it the QR holds `teststrip:<study id>`. */
  link?: string
}
