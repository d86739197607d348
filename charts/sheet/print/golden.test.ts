import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import type { SheetCell } from '../sheet-cell.ts'
import { themeNames } from '../sheet-options.ts'
import { doneCells, testPictures, testStudy } from '../testing.ts'
import { sheetOfStudy } from './sheet-of-study.ts'

const folder = join(import.meta.dirname, 'golden')
/** Mean difference of a channel, of 255: another version of the rasteriser moves the edges of letters by that little. */
const tolerance = 0.5

/** Everything a sheet can show: nested headers, curves, marks, captions, signs, several scripts. */
function everything() {
  const { study, plan } = testStudy({
    title: 'How eta answers guidance, Größe Ω Ж',
    notes: '風神雷神図 · 안녕 · مرحبا · שלום 12 · 🎨',
    recipe: { text_prompts: { '0': ['a lighthouse on the sea', 'fog:-0.5'] }, tv_scale: 150 },
    axes: ['clip_guidance_scale 0, 500', 'cut_overview [12]*400+[4]*600 | [6]*1000', 'eta 0, 1'],
  })
  const states: Partial<SheetCell>[] = [
    { rating: 3 },
    { mark: 'star' },
    { status: 'failed', image: null, error: 'NaN at step 12.' },
    { status: 'excluded', image: null },
    { status: 'queued', image: null },
  ]
  const cells = doneCells(plan).map((cell, i) => ({ ...cell, ...states[i] }))

  return { study, plan, cells }
}

test.each(themeNames)('the sheet of theme %s looks as it did', async (theme) => {
  const png = await sheetOfStudy({
    ...everything(),
    options: {
      theme,
      cell: 64,
      captions: ['number'],
      date: '2026-11-23',
      licence: 'CC BY 4.0',
      author: 'Ann',
    },
    picture: testPictures,
  })
  const file = join(folder, `${theme}.png`)
  // To be looked at before it is committed.
  if (process.env.TESTSTRIP_GOLDEN === 'write') {
    mkdirSync(folder, { recursive: true })
    writeFileSync(file, await sharp(png).png({ compressionLevel: 9 }).toBuffer())
  }
  const golden = await sharp(readFileSync(file)).removeAlpha().raw().toBuffer({ resolveWithObject: true })
  const printed = await sharp(png).removeAlpha().raw().toBuffer({ resolveWithObject: true })

  expect(printed.info).toMatchObject({ width: golden.info.width, height: golden.info.height })
  let sum = 0
  for (let at = 0; at < printed.data.length; at++) sum += Math.abs(printed.data[at]! - golden.data[at]!)
  expect(sum / printed.data.length).toBeLessThan(tolerance)
})
