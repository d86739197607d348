import type { CellState, Curve, Kernel } from '../sheet-document.ts'

/** Source Serif 4 for titles, IBM Plex Mono for parameter names and values, Inter for the rest. */
export type FontName = 'title' | 'subtitle' | 'mono' | 'text' | 'strong'
export type Tone = 'ink' | 'muted'
export type Align = 'left' | 'centre' | 'right'

/** Width of a line of text in pixels at a size in pixels. */
export type MeasureText = (text: string, font: FontName, size: number) => number

/** All boxes are in whole pixels from the top left corner of the page. */
export interface Box {
  x: number
  y: number
  width: number
  height: number
}

/** Text already broken into lines that fit the width. */
export interface TextBox extends Box {
  role:
    | 'title'
    | 'subtitle'
    | 'name'
    | 'label'
    | 'heading'
    | 'legend'
    | 'caption'
    | 'condition'
    | 'value'
    | 'footer'
  lines: string[]
  font: FontName
  size: number
  lineHeight: number
  align: Align
  tone: Tone
}

/** Where a cell goes. The picture is fitted into it, centred. */
export interface CellBox extends Box {
  seq: number
  state: CellState
  image: string | null
}

/** A filled rectangle; `strength` mixes ink into the background, 0..1. */
export interface Fill extends Box {
  kind: 'line' | 'span' | 'stripe' | 'cut'
  strength: number
}

export interface Swatch extends Box {
  state: Exclude<CellState, 'picture'>
}

/** The line of a schedule, from the left edge of its box to the right, level 1 at the top. */
export interface CurveBox extends Box {
  curve: Curve
}

/** One page, every place on it decided. */
export interface SheetLayout {
  width: number
  height: number
  /** Size of one design unit in pixels: line widths and type follow it. */
  unit: number
  kernel: Kernel
  texts: TextBox[]
  cells: CellBox[]
  fills: Fill[]
  swatches: Swatch[]
  curves: CurveBox[]
  /** The QR with its quiet zone; `module` is the side of one module in pixels. */
  qr: (Box & { module: number; size: number; modules: Uint8Array }) | null
  /** Dots per inch, where the page is one of paper. */
  dpi?: number
  /** Why the page is larger than was asked for, in one sentence. */
  problem?: string
}
