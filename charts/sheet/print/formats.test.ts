import { execFileSync, spawnSync } from 'node:child_process'
import { createWriteStream } from 'node:fs'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ComposedSheet, composeSheet } from '../compose-sheet.ts'
import { sheetFeasibility } from '../feasibility.ts'
import { type FormatName, formatNamed, formatOfFile, sheetFormats } from '../formats.ts'
import { pictureWithoutRecipe } from '../inside/picture-recipe.ts'
import type { SheetOptions } from '../sheet-options.ts'
import { doneCells, testPicture, testPictures, testStudy } from '../testing.ts'
import { hasFfmpeg } from './ffmpeg.ts'
import { measureByFont } from './fonts.ts'
import { printSheet } from './print-sheet.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'teststrip-print-'))
})
afterAll(() => rm(folder, { recursive: true }))

const { study, plan } = testStudy({
  title: 'How eta answers guidance',
  axes: ['clip_guidance_scale 0, 500', 'eta 0, 1'],
})
const composed = (options: Partial<SheetOptions> = {}): ComposedSheet =>
  composeSheet({
    ...{ study, plan, measure: measureByFont },
    cells: doneCells(plan).map((cell) => ({ ...cell, image: `picture-${cell.seq === 3 ? 0 : cell.seq}` })),
    options: { theme: 'light', cell: 64, along: 1, date: '2026-11-23', licence: 'CC BY 4.0', ...options },
  })
const sheet = composed()

let count = 0
async function printed(format: FormatName, options: Partial<Parameters<typeof printSheet>[0]> = {}) {
  const out = join(folder, `${count++}.${formatNamed(format).extensions[0]}`)
  const result = await printSheet({ sheet, format, out, picture: testPictures, ...options })

  return { out, result }
}

/** The sheet as it is, printed the first time it is asked for. */
const whole = new Map<FormatName, ReturnType<typeof printed>>()
function once(format: FormatName): ReturnType<typeof printed> {
  if (!whole.has(format)) whole.set(format, printed(format))

  return whole.get(format)!
}

/** The tool on PATH, null where it is not installed. */
const tool = (name: string): string | null =>
  spawnSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' }).stdout.trim() || null

describe('every format', () => {
  test.each(sheetFormats.map(({ name }) => name))('gives equal bytes for equal input: %s', async (format) => {
    if (format === 'mp4' && !(await hasFfmpeg())) return
    const [one, two] = [await once(format), await printed(format)]

    expect((await readFile(one.out)).equals(await readFile(two.out))).toBe(true)
    expect(formatOfFile(one.out)!.name).toBe(format)
    expect(one.result.missing).toBe(0)
  })

  test('is printed with what there is: pictures that are lost or broken are drawn as missing and counted', async () => {
    const broken = async (sha: string) => {
      if (sha === 'picture-1') throw new Error('gone')

      return sha === 'picture-2' ? Buffer.from('no picture') : testPicture(0)
    }
    for (const format of ['png', 'svg', 'pdf'] as const)
      expect((await printed(format, { picture: broken })).result.missing).toBe(2)
    expect((await printed('zip', { picture: async () => null })).result.missing).toBe(3)
  })
})

describe('a picture', () => {
  test.each(['jpg', 'webp', 'avif'] as const)('shows the page that PNG shows exactly: %s', async (format) => {
    const page = sharp((await once('png')).out).removeAlpha()
    const { data, info } = await page.raw().toBuffer({ resolveWithObject: true })
    const coded = await sharp((await once(format)).out)
      .removeAlpha()
      .raw()
      .toBuffer()
    let far = 0
    for (let at = 0; at < data.length; at++) if (Math.abs(data[at]! - coded[at]!) > 40) far++

    expect(coded.length).toBe(info.width * info.height * 3)
    expect(far / data.length).toBeLessThan(0.02)
  })

  test('of several pages is a file each, and one of them where a stream is filled', async () => {
    const several = composed({ pages: 'apart', size: 'square' })
    const many = { ...several, pages: [several.pages[0]!, several.pages[0]!] }
    const { result } = await printed('png', { sheet: many, out: join(folder, 'many.png') })
    expect(result.files.map(({ path }) => path)).toEqual([
      join(folder, 'many-1.png'),
      join(folder, 'many-2.png'),
    ])

    const nowhere = () => new Writable({ write: (_, __, done) => done() })
    await expect(printed('png', { sheet: many, out: nowhere() })).rejects.toThrow(
      /2 pages, and a PNG holds one/,
    )
    const one = await printed('png', { sheet: many, out: nowhere(), page: 1 })
    expect(one.result.files[0]).toMatchObject({ path: null, width: 1080, height: 1080 })
    await expect(printed('png', { sheet: many, page: 2 })).rejects.toThrow(/no page 3; the sheet has 2/)
  })

  test.each([
    ['WebP', 'webp', 20_000],
    ['JPEG', 'jpg', 70_000],
  ] as const)(
    'too large for %s is said before anything is drawn, with the nearest that holds it',
    async (title, format, width) => {
      const large = { ...sheet, pages: [{ ...sheet.pages[0]!, width }] }
      const { problem, instead } = sheetFeasibility(large, format)
      expect(problem).toMatch(new RegExp(`${title} holds at most .* print its cells at \\d+ %`))
      expect(instead).toBe(format === 'webp' ? 'jpg' : 'png')
      await expect(
        printed(format, { sheet: large, picture: () => Promise.reject(new Error('drawn')) }),
      ).rejects.toThrow(/can hold it as it is/)
      expect(sheetFeasibility(large, 'pdf').problem).toBeNull()
    },
  )
})

describe('a moving picture', () => {
  test('has a frame per point of its axis, all of one size', async () => {
    for (const format of ['webp-animated', 'gif'] as const) {
      const { pages, delay } = await sharp((await once(format)).out).metadata()
      expect([pages, delay]).toEqual([2, [800, 800]])
    }
  })

  test('needs an axis to go along', () => {
    const still = composed({ along: undefined })
    expect(sheetFeasibility(still, 'gif')).toMatchObject({
      problem: expect.stringMatching(/choose one that has at least two points/),
      instead: expect.any(String),
    })
    expect(sheetFeasibility(sheet, 'mp4', { ffmpeg: false }).problem).toMatch(
      /ffmpeg, which is not installed/,
    )
  })
})

describe('a ZIP', () => {
  test('holds every picture under its values with its recipe inside, a table and the study', async (context) => {
    const unzip = tool('unzip')
    if (!unzip) return context.skip('unzip is not installed')
    const { out } = await once('zip')
    execFileSync(unzip, ['-q', out, '-d', join(folder, 'unzipped')])
    const names = await readdir(join(folder, 'unzipped/cells'))

    expect(names.sort()[1]).toBe('0002 clip_guidance_scale 0, eta 1.png')
    const cell = await readFile(join(folder, 'unzipped/cells', names[1]!))
    expect(Buffer.from(pictureWithoutRecipe(cell)).equals(await testPicture(1))).toBe(true)
    const table = await readFile(join(folder, 'unzipped/cells.csv'), 'utf8')
    expect(table.split('\r\n')).toHaveLength(6)
    expect(await readFile(join(folder, 'unzipped/study.yaml'), 'utf8')).toContain('title: How eta')
  })
})

describe('other tools', () => {
  test('poppler draws the PDF as one page of its size, with its text as text', async (context) => {
    const poppler = tool('pdftoppm')
    if (!poppler) return context.skip('poppler is not installed')
    const paper = composed({ size: 'a4' })
    const { out } = await printed('pdf', { sheet: paper })
    execFileSync(poppler, ['-r', '72', '-png', out, join(folder, 'page')])
    const pages = (await readdir(folder)).filter((name) => name.startsWith('page'))
    const { width, height } = await sharp(join(folder, pages[0]!)).metadata()

    expect(pages).toHaveLength(1)
    expect([width!, height!].sort((a, b) => a - b)).toEqual([596, 842])
    expect(execFileSync('pdftotext', [out, '-'], { encoding: 'utf8' })).toContain('How eta answers guidance')
    const list = execFileSync('pdfimages', ['-list', out], { encoding: 'utf8' }).trim().split('\n').slice(2)
    const objects = list.map((line) => line.trim().split(/\s+/)[10])
    expect([objects.length, new Set(objects).size]).toEqual([4, 3])
  })

  test('exiftool reads title and licence out of every format that has metadata', async (context) => {
    const exiftool = tool('exiftool')
    if (!exiftool) return context.skip('exiftool is not installed')
    for (const format of ['jpg', 'webp', 'avif', 'pdf', 'gif'] as const) {
      const { out } = await once(format)
      const said = JSON.parse(
        execFileSync(exiftool, ['-j', '-XMP:Title', '-XMP:Rights', out], { encoding: 'utf8' }),
      )
      expect(said[0], format).toMatchObject({ Title: 'How eta answers guidance', Rights: 'CC BY 4.0' })
    }
  })

  test('ImageMagick sees the pixels of the PNG as they are', async (context) => {
    const identify = tool('identify')
    if (!identify) return context.skip('ImageMagick is not installed')
    const { out, result } = await once('png')
    const said = execFileSync(identify, ['-format', '%wx%h %z %m', out], { encoding: 'utf8' })
    expect(said).toBe(`${result.files[0]!.width}x${result.files[0]!.height} 8 PNG`)
  })
})

describe('when it cannot be finished', () => {
  test('a full disk is said in words', async () => {
    await expect(printed('png', { out: createWriteStream('/dev/full') })).rejects.toThrow(
      /no room for the sheet: the disk is full/,
    )
  })

  test('there is no half file under the final name, nor any other', async () => {
    const stop = new AbortController()
    const before = await readdir(folder)
    for (const format of ['png', 'jpg', 'pdf', 'zip', 'gif'] as const) {
      const out = join(folder, `stopped.${format}`)
      const picture = async () => {
        stop.abort()
        return testPicture(0)
      }
      await expect(printed(format, { out, picture, signal: stop.signal })).rejects.toThrow()
    }
    expect(await readdir(folder)).toEqual(before)
  })

  test('a stream whose reader has gone is left', async () => {
    const gone = new Writable({ write: (_, __, done) => done() })
    gone.destroy()
    await expect(printed('png', { out: gone })).rejects.toThrow(/no longer listens/)
  })
})
