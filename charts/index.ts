export { type Anova, anova, type Factor, type Term } from './effects/anova.ts'
export { layoutSheet } from './sheet/layout/layout-sheet.ts'
export { measureByTable } from './sheet/layout/measure-by-table.ts'
export type {
  Align,
  Box,
  CellBox,
  Fill,
  FontName,
  Measure,
  SheetLayout,
  Swatch,
  TextBox,
  Tone,
} from './sheet/layout/sheet-layout.ts'
export { type PrepareSheet, prepareSheet } from './sheet/prepare/prepare-sheet.ts'
export type { SheetCell } from './sheet/sheet-cell.ts'
export type {
  CellState,
  DocumentCell,
  EmbeddedStudy,
  HeaderBand,
  Kernel,
  QrCode,
  SheetBlock,
  SheetDocument,
} from './sheet/sheet-document.ts'
export type { SheetOptions, ThemeName } from './sheet/sheet-options.ts'
export { type SheetSize, sheetSize } from './sheet/sheet-size.ts'
export { type Theme, themes } from './sheet/themes.ts'
