import { PassThrough } from 'node:stream'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { composeSheet } from '../../compose-sheet.ts'
import type { FormatName } from '../../formats.ts'
import { readSheet } from '../../open/read-sheet.ts'
import { doneCells, testPicture, testPictures, testStudy } from '../../testing.ts'
import { printSheet } from '../print-sheet.ts'
import { TileMaker } from './tiles.ts'
import type { ViewerData } from './viewer/data.ts'

const hostile = '</script><img src=x onerror=alert(1)> & "quotes"'
const { study, plan } = testStudy({
  title: hostile,
  recipe: { text_prompts: { '0': ['a <!-- castle </title> of <script>sand'] } },
  axes: ['eta 0, 1', `text_prompts swap "castle" for "<b>tower" | "${'x'.repeat(400)}"`],
})

async function printed(
  format: FormatName,
  cells = doneCells(plan),
  picture: (sha: string) => Promise<Uint8Array | null> = testPictures,
): Promise<Buffer> {
  const out = new PassThrough()
  const pieces: Buffer[] = []
  out.on('data', (piece: Buffer) => pieces.push(piece))
  const sheet = composeSheet({ study, plan, cells, options: { theme: 'dark' } })
  await printSheet({ sheet, format, out, picture })

  return Buffer.concat(pieces)
}

const dataIn = (page: string): ViewerData =>
  JSON.parse(/<script type="application\/json" id="viewer-data">(.*)<\/script>/.exec(page)![1]!)
const pictureIn = (page: string, number: number) =>
  Buffer.from(new RegExp(`id="p${number}" data-type="image/png">([^<]*)<`).exec(page)![1]!, 'base64')

test('a page holds every cell, every picture once and as it was, and the study', async () => {
  const cells = doneCells(plan)
  cells[3] = { ...cells[3]!, image: cells[0]!.image }
  cells[2] = { ...cells[2]!, status: 'failed', image: null, error: 'Out of memory.' }
  const file = await printed('html', cells)
  const page = file.toString()
  const data = dataIn(page)

  expect(data).toMatchObject({
    states: 'ppfp',
    pictures: [0, 1, -1, 0],
    errors: { 2: 'Out of memory.' },
    theme: 'dark',
  })
  expect(data.axes.map(({ points }) => points.map(({ label }) => label))[0]).toEqual(['0', '1'])
  expect(page.match(/data-type=/g)).toHaveLength(2)
  expect(pictureIn(page, 1)).toEqual(await testPicture(1))
  expect((await readSheet(file)).file).toEqual(study.file)
})

test('titles, prompts and labels are only ever text', async () => {
  const page = (await printed('html')).toString()
  const elements = page.match(/<(script|img|b|title)\b/gi)!

  // Its own: a title, a script per picture, the study, the data, the viewer.
  expect(elements.sort()).toEqual([
    '<script',
    '<script',
    '<script',
    '<script',
    '<script',
    '<script',
    '<script',
    '<title',
  ])
  expect(page.match(/<\/script>/g)).toHaveLength(7)
  expect(dataIn(page).title).toBe(hostile)
  expect(page).not.toMatch(/<link|src="http|url\(http|import\(/)
})

test('pictures that cannot be had are shown as missing, and the page is whole', async () => {
  const picture = async (sha: string) => {
    if (sha === 'picture-1') return null
    if (sha === 'picture-2') throw new Error('the disk is away')

    return testPictures(sha)
  }
  const data = dataIn((await printed('html', doneCells(plan), picture)).toString())
  expect(data).toMatchObject({ states: 'pqqp', pictures: [0, -1, -1, 3] })
})

test('equal studies are equal files, as a page and as a folder', async () => {
  for (const format of ['html', 'site'] as const)
    expect((await printed(format)).equals(await printed(format))).toBe(true)
})

test('a folder holds the page, the pictures beside it, small ones together, and the study', async () => {
  const file = await printed('site')
  const text = file.toString('latin1')
  for (const name of ['index.html', 'teststrip.json', 'tiles/0.webp', 'pictures/pi/picture-0.png'])
    expect(text).toContain(name)
  const data = dataIn(file.toString())
  expect(data.paths).toEqual([0, 1, 2, 3].map((n) => `pictures/pi/picture-${n}.png`))
  expect(data.tiles).toEqual({ paths: ['tiles/0.webp'], per: 16 })
  expect((await readSheet(file)).renderKeys).toHaveLength(4)
})

test('contact sheets hold small copies in the order in which the pictures came', async () => {
  const colours = ['#ff0000', '#00ff00', '#0000ff']
  const maker = new TileMaker({ width: 128, height: 64 })
  const flat = (background: string) =>
    sharp({ create: { width: 128, height: 64, channels: 3, background } })
      .png()
      .toBuffer()
  const sheets: Uint8Array[] = []
  for (let n = 0; n < 258; n++) {
    const full = await maker.add(n === 1 ? null : await flat(colours[n % 3]!))
    if (full) sheets.push(full)
  }
  sheets.push((await maker.end())!)
  expect(await maker.end()).toBeNull()

  expect(sheets).toHaveLength(2)
  const strongest = async (sheet: number, n: number) => {
    const { data, info } = await sharp(sheets[sheet])
      .removeAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true })
    expect([info.width, info.height]).toEqual([16 * 64, 16 * 32])
    const at = 3 * ((Math.floor(n / 16) * 32 + 16) * info.width + (n % 16) * 64 + 32)

    return [...data.subarray(at, at + 3)].map((value) => (value > 170 ? 1 : 0)).join('')
  }
  expect(await strongest(0, 0)).toBe('100')
  expect(await strongest(0, 1)).toBe('000')
  expect(await strongest(0, 17)).toBe('001')
  expect(await strongest(1, 0)).toBe('010')
})
