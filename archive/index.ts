/** Whole studies as one file: with pictures, marks, sheets and notes. */
export { type Imported, importArchive } from './import-archive.ts'
export { type Exported, writeArchive } from './write-archive.ts'
