import { describe, expect, test } from 'vitest'
import { cellAt } from '#study'
import { doneCells, testStudy } from '../testing.ts'
import { prepareSheet } from './prepare-sheet.ts'

const prompt = { '0': ['a lighthouse on the sea at sunset', 'fog:-0.5'] }
const sheetOf = (file: Parameters<typeof testStudy>[0], options = {}) => {
  const { study, plan } = testStudy(file)

  return prepareSheet({ study, plan, cells: doneCells(plan), options })
}

describe('what a sheet says', () => {
  test('first axis across, second down, every value once', () => {
    const [block] = sheetOf({ axes: ['clip_guidance_scale 0, 50, 500', 'eta 0, 1'] }).document.blocks

    expect(block!.columnBands).toEqual([
      {
        name: 'clip_guidance_scale',
        labels: ['0', '50', '500'].map((text, from) => ({ text, from, span: 1 })),
      },
    ])
    expect(block!.rowBands[0]!.labels.map((label) => label.text)).toEqual(['0', '1'])
    expect(block!.cells.map((row) => row.map((cell) => cell.seq))).toEqual([
      [0, 2, 4],
      [1, 3, 5],
    ])
  })

  test('nested axes share the labels of the outer one; pages become blocks under each other', () => {
    const { blocks } = sheetOf({
      axes: ['eta 0, 1', 'tv_scale 0, 100', 'seed seeds 2 from 7'],
      view: { columns: [0, 1], rows: [], pages: [2] },
    }).document

    expect(blocks.map((block) => block.heading)).toEqual([
      [{ name: 'seed', label: '7' }],
      [{ name: 'seed', label: '8' }],
    ])
    expect(blocks[0]!.columnBands.map((band) => band.labels)).toEqual([
      [
        { text: '0', from: 0, span: 2 },
        { text: '1', from: 2, span: 2 },
      ],
      ['0', '100', '0', '100'].map((text, from) => ({ text, from, span: 1 })),
    ])
    expect(blocks[1]!.cells).toHaveLength(1)
    expect(blocks[1]!.cells[0]!.map((cell) => cell.seq)).toEqual([1, 3, 5, 7])
  })

  test('fixed conditions: prompts in full, what differs from the defaults, and no axis', () => {
    const { entries } = sheetOf({
      recipe: { text_prompts: prompt, tv_scale: 150, seed: 1000 },
      axes: ['eta 0, 1', 'clip_guidance_scale 0, 500'],
    }).document.conditions
    const value = (name: string) => entries.find((entry) => entry.name === name)?.value

    expect(value('text_prompts')).toBe('a lighthouse on the sea at sunset; fog −0.5')
    expect(value('steps')).toBe('50, 10 skipped')
    expect(value('tv_scale')).toBe('150')
    expect(value('seed')).toBe('1000')
    expect(value('noise')).toBe('paired: cells differ by the two parameters and by nothing else')
    expect(value('eta')).toBeUndefined()
    expect(value('clip_guidance_scale')).toBeUndefined()
    expect(value('skip_augs')).toBeUndefined()
  })

  test('words and weights on an axis stand in a prompt, which is said', () => {
    const value = (axis: string, name: string) =>
      sheetOf({
        recipe: { text_prompts: { '0': ['a castle by the sea:3', 'fog:2'] } },
        axes: [axis],
      }).document.conditions.entries.find((entry) => entry.name === name)?.value

    expect(value('text_prompts weight "fog" -1, 1', 'text_prompts')).toBe(
      'in the first cell: a castle by the sea 3; fog −1',
    )
    expect(value('text_prompts swap "castle" for "mill" | "ship"', 'text_prompts')).toMatch(
      /^in the first cell: a .* by the sea 3; fog 2$/,
    )
  })

  test('an axis that the view does not show is said with its one value', () => {
    const { entries } = sheetOf({
      axes: ['eta 0, 1', 'tv_scale 0, 100, 200'],
      view: { columns: [0], rows: [], slider: [{ axis: 1, point: 2 }] },
    }).document.conditions

    expect(entries[0]).toEqual({ name: 'tv_scale', value: '200 (one of 3 in this study)' })
  })

  test('cells without a picture have a state, and the legend counts them', () => {
    const { study, plan } = testStudy({ axes: ['eta 0, 0.25, 0.5, 1'] })
    const cells = doneCells(plan).slice(0, 3)
    cells[1] = { ...cells[1]!, status: 'failed', image: null, error: 'NaN at step 12.' }
    cells[2] = { ...cells[2]!, status: 'excluded', image: null }
    const { document } = prepareSheet({
      study,
      plan,
      cells,
      options: { date: '2026-11-23', licence: 'CC BY 4.0' },
    })

    expect(document.blocks[0]!.cells[0]!.map((cell) => cell.state)).toEqual([
      'picture',
      'failed',
      'excluded',
      'queued',
    ])
    expect(document.legend.map(({ text }) => text)).toEqual([
      '1 cell not rendered yet',
      '1 cell failed: NaN at step 12.',
      '1 cell left out by a skip rule or by hand',
    ])
    expect(document.footer.lines[0]).toBe('Teststrip study 0192f3c1-7a00 · 1 render · 2026-11-23 · CC BY 4.0')
  })

  test('pictures from within a run stand as an axis, are counted as one render, and are no parameter', () => {
    const { study, plan } = testStudy({ axes: ['eta 0, 1', 'step 10%, 50%, 100%'] })
    const runs = doneCells(plan).map((cell) => ({ ...cell, renderKey: `run ${Math.floor(cell.seq / 3)}` }))
    // Of the second run only the first picture is there.
    const cells = runs.filter(({ seq }) => seq < 4)
    const { document, embedded } = prepareSheet({ study, plan, cells, options: {} })
    const [block] = document.blocks

    expect(block!.rowBands[0]).toMatchObject({
      name: 'step',
      labels: [{ text: '10 % (same run)' }, { text: '50 % (same run)' }, { text: '100 %' }],
    })
    expect(block!.cells.map((row) => row.map(({ image }) => image))).toEqual([
      ['picture-0', 'picture-3'],
      ['picture-1', null],
      ['picture-2', null],
    ])
    expect(document.footer.lines[0]).toContain('2 renders')
    expect(document.legend.map(({ text }) => text)).toEqual(['2 cells not rendered yet'])
    expect(document.conditions.entries.find(({ name }) => name === 'noise')!.value).toContain(
      'the one parameter',
    )
    expect(document.conditions.entries.map(({ name }) => name)).not.toContain('intermediate_saves')
    expect(embedded.renderKeys).toEqual(['run 0', 'run 0', 'run 0', 'run 1'])
  })

  test('combinations that a skip rule leaves out keep their place, in every table', () => {
    const { study, plan } = testStudy({
      axes: ['eta 0, 1', 'clip_guidance_scale 100, 500', 'seed seeds 2 from 7'],
      skip: ['eta > 0.5 and clip_guidance_scale >= 500'],
      view: { columns: [0], rows: [1], pages: [2] },
    })
    const cells = doneCells(plan).map((cell) =>
      cellAt(plan, cell.seq).excluded ? { ...cell, status: 'excluded' as const, image: null } : cell,
    )
    const { document, embedded } = prepareSheet({ study, plan, cells, options: {} })

    expect(document.blocks.map(({ cells }) => cells.map((row) => row.map(({ state }) => state)))).toEqual(
      Array(2).fill([
        ['picture', 'picture'],
        ['picture', 'excluded'],
      ]),
    )
    expect(document.legend.map(({ text }) => text)).toEqual(['2 cells left out by a skip rule or by hand'])
    expect(embedded.renderKeys).toHaveLength(6)
  })

  test('small pictures are enlarged by a whole factor, others keep their pixels unless a width is asked for', () => {
    const sized = (...study: Parameters<typeof sheetOf>) => sheetOf(...study).document.pictures
    const square = (side: number) => ({ width: side, height: side })

    expect(sized({})).toEqual({ picture: square(64), cell: square(256), kernel: 'nearest' })
    expect(sized({}, { cell: 100 })).toMatchObject({ cell: square(100), kernel: 'nearest' })
    expect(sized({}, { cell: 100, enlarge: 'smooth' })).toMatchObject({ kernel: 'lanczos3' })
    expect(sized({}, { enlarge: 'never' })).toMatchObject({ cell: square(64), kernel: 'none' })
    expect(sized({ recipe: { width_height: [512, 448] } }).cell).toEqual({ width: 512, height: 448 })
  })
})
