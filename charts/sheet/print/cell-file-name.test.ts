import fc from 'fast-check'
import { expect, test } from 'vitest'
import { testStudy } from '../testing.ts'
import { cellFileName } from './cell-file-name.ts'
import { csvLine } from './csv-line.ts'

test('a file is named by its place and its values, for any file system', () => {
  const { plan } = testStudy({ axes: ['eta 0, 0.5', 'cut_overview [12]*400+[4]*600 | [6]*1000'] })
  expect(cellFileName(plan, 2)).toBe('0003 eta 0.5, cut_overview [12] 400+[4] 600')

  fc.assert(
    fc.property(fc.string({ maxLength: 400, unit: 'binary' }), (label) => {
      const axes = [{ ...plan.axes[0]!, points: [{ label, patch: {} }] }]
      const name = cellFileName({ axes, size: 1 }, 0)
      expect(name).toMatch(/^0001 /)
      expect(Buffer.byteLength(name)).toBeLessThan(200)
      expect(name).not.toMatch(/[<>:"/\\|?*\p{Cc}]|[ .]$/u)
    }),
    { numRuns: 60, seed: 3 },
  )
})

test('a table holds any text, and no text is taken for a formula', () => {
  expect(csvLine(['a "b", c', -1.5, null, '-0.5', '=1+1', '@sum', 'two\nlines'])).toBe(
    '"a ""b"", c",-1.5,,-0.5,\'=1+1,\'@sum,"two\nlines"\r\n',
  )
})
