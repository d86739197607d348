import { expect, it } from 'vitest'
import { findItems, grouped, type PaletteItem } from './palette-items.ts'

const item = (group: string, label: string, words?: string): PaletteItem => ({
  group,
  label,
  words,
  run() {},
})
const items = [
  item('Here', 'Pause the study'),
  item('Go to', 'Library'),
  item('Parameters', 'cut_overview', 'Cuts of the whole picture'),
  item('Parameters', 'eta', 'Fresh noise at every step'),
  item('Studies', 'How eta answers guidance'),
]
const labels = (search: string, most?: number) => findItems(items, search, most).map(({ label }) => label)

it('finds by all words, in whatever order, in label and other words', () => {
  expect(labels('whole cut')).toEqual(['cut_overview'])
  expect(labels('noise library')).toEqual([])
})

it('puts first what begins with the search', () => {
  expect(labels('eta')).toEqual(['eta', 'How eta answers guidance'])
})

it('keeps each group short, and all groups in sight', () => {
  expect(labels('', 1)).toEqual(['Pause the study', 'Library', 'cut_overview', 'How eta answers guidance'])
  expect(grouped(findItems(items, '')).map(([group, { length }]) => `${group} ${length}`)).toEqual([
    'Here 1',
    'Go to 1',
    'Parameters 2',
    'Studies 1',
  ])
})
