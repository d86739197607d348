import { expect, test } from 'vitest'
import { composeSheet } from '../compose-sheet.ts'
import { doneCells, testStudy } from '../testing.ts'

const text_prompts = { '0': ['a lighthouse by the sea, oil painting', 'at night'] }
const composed = (axes: string[], view?: Parameters<typeof composeSheet>[0]['view']) => {
  const { study, plan } = testStudy({ recipe: { text_prompts }, axes })

  return composeSheet({ study, plan, cells: doneCells(plan), view, options: { theme: 'light' } })
}

test('two axes of one prompt are headed by the words they change', () => {
  const { document } = composed([
    'text_prompts swap "lighthouse" for "castle" | "mill"',
    'text_prompts swap "oil painting" for "photograph" | "pixel art"',
  ])
  const [{ columnBands, rowBands }] = document.blocks as [(typeof document.blocks)[0]]

  expect(columnBands.map(({ name }) => name)).toEqual(['text_prompts “lighthouse”'])
  expect(rowBands.map(({ name }) => name)).toEqual(['text_prompts “oil painting”'])
})

test('weights say whose they are, other axes what they are', () => {
  const axes = ['text_prompts weight "at night" -0.5, 1', 'eta 0, 1', 'text_prompts drop nothing | "sea"']
  const { document, plan } = composed(axes, { columns: [1], rows: [], groups: [0] })

  expect(plan.axes.map(({ name }) => name)).toEqual([
    'text_prompts weight of “at night”',
    'eta',
    'text_prompts',
  ])
  expect(document.blocks.map(({ heading }) => heading)).toEqual(
    ['-0.5', '1'].map((label) => [{ name: 'text_prompts weight of “at night”', label }]),
  )
})
