export { type PrintedSheet, type PrintSheet, printSheet } from './sheet/print/print-sheet.ts'
export { readSheet } from './sheet/print/read-sheet.ts'
export { type SheetOfStudy, sheetOfStudy } from './sheet/print/sheet-of-study.ts'
