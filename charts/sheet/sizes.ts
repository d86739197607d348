/** A page of a fixed size in pixels, or as large as its content where a side is null. */
export interface SheetPage {
  title: string
  width: number | null
  height: number | null
  /** Pixels of one design unit: type and lines follow it. */
  unit: number
  /** Dots per inch, where the size is that of a paper. */
  dpi?: number
  /** Cells narrower than this are not worth a page of that kind: they are spread over several. */
  smallestCell: number
}

const dpi = 300
const mm = (length: number, at = dpi) => Math.round((length / 25.4) * at)
const paper = (title: string, width: number, height: number, unit: number): SheetPage => ({
  title,
  width: mm(width),
  height: mm(height),
  unit,
  dpi,
  smallestCell: mm(16),
})
const screen = (title: string, width: number, height: number | null, unit: number): SheetPage => ({
  title,
  width,
  height,
  unit,
  smallestCell: 64,
})

/** The sizes a sheet can have. */
export const sizePresets = {
  native: { title: 'As large as its pictures', width: null, height: null, unit: 1, smallestCell: 8 },
  '2048': screen('2048 wide', 2048, null, 1.65),
  '4096': screen('4096 wide', 4096, null, 3.3),
  square: screen('Post, square', 1080, 1080, 1),
  portrait: screen('Post, portrait', 1080, 1350, 1),
  story: screen('Story', 1080, 1920, 1),
  wide: screen('Post, wide', 1920, 1080, 1.25),
  a4: paper('A4', 210, 297, 2),
  a3: paper('A3', 297, 420, 2.4),
  letter: paper('Letter', 215.9, 279.4, 2),
  poster: {
    title: 'Poster, 60 × 90 cm',
    width: mm(600, 200),
    height: mm(900, 200),
    unit: 4,
    dpi: 200,
    smallestCell: mm(16, 200),
  },
} as const satisfies Record<string, SheetPage>

export type SizeName = keyof typeof sizePresets
export const sizeNames = Object.keys(sizePresets) as [SizeName, ...SizeName[]]
