import { expect, test } from 'vitest'
import { composeSheet } from '../compose-sheet.ts'
import { doneCells, testStudy } from '../testing.ts'
import { knownView } from './known-view.ts'

const { study, plan } = testStudy({ axes: ['eta 0, 1', 'tv_scale 0, 100'] })

test('axes that are gone are left out of a view, and said', () => {
  expect(knownView(plan, { columns: [0, 7], rows: [1], pages: [3] })).toEqual({
    view: { columns: [0], rows: [1] },
    notices: [
      'The view names axis 8, but the study has 2 axes; it is left out.',
      'The view names axis 4, but the study has 2 axes; it is left out.',
    ],
  })
})

test('a view of which nothing remains gives way to the usual one', () => {
  expect(knownView(plan, { columns: [5], rows: [] }).view).toEqual({ columns: [0], rows: [1] })
})

test('an axis that is named twice stands where it was named first, a point beyond the last at the last', () => {
  const view = { columns: [0], rows: [0], slider: [{ axis: 1, point: 9 }] }
  expect(knownView(plan, view)).toEqual({
    view: { columns: [0], rows: [], slider: [{ axis: 1, point: 1 }] },
    notices: [],
  })
})

test('a sheet of such a view is made, with the notices', () => {
  const { pages, notices, document } = composeSheet({
    ...{ study, plan, cells: doneCells(plan), view: { columns: [0], rows: [9] } },
    options: { theme: 'light' },
  })

  expect(pages[0]!.cells).toHaveLength(2)
  expect(notices).toHaveLength(1)
  expect(document.conditions.entries[0]).toEqual({ name: 'tv_scale', value: '0 (one of 2 in this study)' })
})
