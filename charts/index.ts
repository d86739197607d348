export { type Anova, anova, type Factor, type Term } from './effects/anova.ts'
export { measurePixels, type PixelMeasures } from './effects/measures/measure-pixels.ts'
export { type Measure as PictureMeasure, measuresIn, promptMeasure } from './effects/measures/measures.ts'
export { type Analysis, analyse, type Noise } from './effects/prepare/analyse.ts'
export { effectsCsv } from './effects/prepare/effects-csv.ts'
export { type InteractionCell, interaction } from './effects/prepare/interaction.ts'
export { type EffectPoint, mainEffect } from './effects/prepare/main-effect.ts'
export { type EffectAxis, type Observations, pointAt } from './effects/prepare/observations.ts'
export { type Share, sharesOf } from './effects/prepare/shares-of.ts'
export { type Finding, inUnits, standsOut, summarise } from './effects/prepare/summarise.ts'
export { type ComposedSheet, type ComposeSheet, composeSheet } from './sheet/compose-sheet.ts'
export { type Feasibility, sheetFeasibility } from './sheet/feasibility.ts'
export {
  type FormatName,
  formatNamed,
  formatOfFile,
  type SheetFormat,
  sheetFormats,
} from './sheet/formats.ts'
export { fittedSize } from './sheet/layout/fitted-size.ts'
export { layoutPages } from './sheet/layout/layout-pages.ts'
export { layoutSheet } from './sheet/layout/layout-sheet.ts'
export { measureByTable } from './sheet/layout/measure-by-table.ts'
export type {
  Align,
  Box,
  CellBox,
  Fill,
  FontName,
  MeasureText,
  SheetLayout,
  Swatch,
  TextBox,
  Tone,
} from './sheet/layout/sheet-layout.ts'
export { postingSize } from './sheet/posting-size.ts'
export { type PrepareSheet, prepareSheet } from './sheet/prepare/prepare-sheet.ts'
export { type PrintRequest, printRequestSchema } from './sheet/print-request.ts'
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
export {
  type CaptionKind,
  captionKinds,
  type SheetOptions,
  sheetOptionsSchema,
  type ThemeName,
  themeNames,
} from './sheet/sheet-options.ts'
export { type SheetSize, sheetSize } from './sheet/sheet-size.ts'
export { type SheetPage, type SizeName, sizeNames, sizePresets } from './sheet/sizes.ts'
export { type Theme, themes } from './sheet/themes.ts'
