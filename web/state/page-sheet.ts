import type { PackInfo } from '#study'
import type { WireStudy } from '../wire/study.ts'
import type { StoreStart } from './cell-store.ts'

/** What a screen needs to show a study's cells and to go on from there. */
export interface PageSheet {
  study: WireStudy
  pack: PackInfo
  start: StoreStart
}
