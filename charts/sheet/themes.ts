import type { ThemeName } from './sheet-options.ts'

/** Colours of a sheet, `[red, green, blue]`. Light and dark are the dashboard's. */
export interface Theme {
  background: readonly [number, number, number]
  surface: readonly [number, number, number]
  line: readonly [number, number, number]
  ink: readonly [number, number, number]
  muted: readonly [number, number, number]
  bad: readonly [number, number, number]
}

export const themes: Record<ThemeName, Theme> = {
  light: {
    background: [0xf6, 0xf4, 0xef],
    surface: [0xef, 0xec, 0xe5],
    line: [0xdc, 0xd7, 0xcc],
    ink: [0x1d, 0x1b, 0x18],
    muted: [0x67, 0x62, 0x5a],
    bad: [0xb3, 0x31, 0x2a],
  },
  dark: {
    background: [0x14, 0x14, 0x13],
    surface: [0x24, 0x24, 0x22],
    line: [0x34, 0x33, 0x2f],
    ink: [0xec, 0xe9, 0xe3],
    muted: [0xa1, 0x9d, 0x94],
    bad: [0xf0, 0x71, 0x6a],
  },
  /** For paper: no tint that costs ink, and black text. */
  print: {
    background: [0xff, 0xff, 0xff],
    surface: [0xf2, 0xf2, 0xf2],
    line: [0xc8, 0xc8, 0xc8],
    ink: [0x00, 0x00, 0x00],
    muted: [0x50, 0x50, 0x50],
    bad: [0xa0, 0x20, 0x18],
  },
}
