import type { Place } from '../../state/view-url.ts'

/** Beside the chips of a place. */
export const placeNames: Record<Place, string> = {
  columns: 'Columns',
  rows: 'Rows',
  groups: 'Groups',
  pages: 'Page',
  slider: 'Slider',
}

/** In the list of where an axis can go. */
export const placeChoices: Record<Place, string> = {
  columns: 'On columns',
  rows: 'On rows',
  groups: 'As groups, side by side',
  pages: 'As pages, one at a time',
  slider: 'On a slider',
}
