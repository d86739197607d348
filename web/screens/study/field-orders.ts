import type { GridLayout, Window } from '../../state/grid-layout.ts'
import type { SheetSource } from '../../state/sheet.ts'
import type { Inks } from './inks.ts'

/** What drawings know of cells, by seq. */
export interface DrawnCells {
  readonly size: number
  /** `statusByte` of each. */
  readonly status: Uint8Array
  /** Grows for each block of an atlas with every picture that comes or changes in it. */
  readonly pictures: Uint32Array
}

/** What part of the sheet is looked at, and how large. */
export interface Camera {
  layout: GridLayout
  window: Window
  /** Whether all cells are drawn; else they are elements, and only pictures are drawn below those still to come. */
  drawn: boolean
}

/** Orders to the painter, who works beside the page's thread: each names what is other than before. */
export interface FieldOrders {
  /** Only once, at first. */
  begin?: { canvas: OffscreenCanvas; address: string; status: Uint8Array; pictures: Uint32Array }
  room?: { width: number; height: number; sharp: number }
  /** Another arrangement; large tiles fly there unless `still`. */
  sheet?: { source: SheetSource; still: boolean }
  inks?: Inks
  /** Marked are cells that a filter keeps back; null where it keeps none. */
  faint?: Uint8Array | null
  /** 0..255 on the scale of a measure, or −1. */
  shade?: Int16Array | null
  /** Statuses that are others, and the whole of `pictures`. */
  news?: { seqs: Uint32Array; status: Uint8Array; pictures: Uint32Array }
  picked?: ReadonlySet<number>
  camera?: Camera
}
