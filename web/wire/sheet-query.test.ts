import { expect, test } from 'vitest'
import { optionsOf, sheetQuery, viewOf } from './sheet-query.ts'

test('a sheet shows what its address says, other axes at one point', () => {
  expect(viewOf({})).toBeUndefined()
  expect(viewOf({ cols: '0', rows: '2.1' })).toEqual({ columns: [0], rows: [2, 1], slider: [] })
  expect(viewOf({ cols: '0', rows: '', pages: '1.2', at: '2.5' })).toEqual({
    columns: [0],
    rows: [],
    slider: [
      { axis: 2, point: 5 },
      { axis: 1, point: 0 },
    ],
  })
  expect(viewOf({ cols: '0', groups: '1', every: '3.2' })).toEqual({
    columns: [0],
    rows: [],
    groups: [1],
    pages: [3, 2],
    slider: [],
  })
})

test('equal wishes are equal options, however they are written', () => {
  const read = (text: string) => optionsOf(sheetQuery.parse(Object.fromEntries(new URLSearchParams(text))))

  expect(JSON.stringify(read('theme=dark&size=a4&captions=seed,values&marks=1&title='))).toBe(
    JSON.stringify(read('captions=values,seed&marks=1&size=a4&theme=dark')),
  )
  expect(read('')).toEqual({ theme: 'light' })
  expect(read('link=https://example.org/s/abc')).toEqual({
    theme: 'light',
    link: 'https://example.org/s/abc',
  })
  expect(read('apart=1&crop=0')).toEqual({ theme: 'light', pages: 'apart', cropMarks: false })
})

test('what no sheet can be is refused', () => {
  for (const query of [
    { theme: 'sepia' },
    { cell: '4' },
    { size: 'a5' },
    { marks: 'yes' },
    { link: 'no address' },
  ])
    expect(sheetQuery.safeParse(query).success).toBe(false)
})
