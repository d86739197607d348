import { deflateSync } from 'node:zlib'
import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { layoutSheet } from '../layout/layout-sheet.ts'
import { prepareSheet } from '../prepare/prepare-sheet.ts'
import { sheetSize } from '../sheet-size.ts'
import { doneCells, testId, testPicture, testPictures, testStudy } from '../testing.ts'
import { themes } from '../themes.ts'
import { measureByFont } from './fonts.ts'
import { chunk, textChunk } from './png-chunks.ts'
import { readSheet } from './read-sheet.ts'
import { sheetOfStudy } from './sheet-of-study.ts'

const sample = () =>
  testStudy({
    title: 'How eta answers guidance',
    recipe: {
      text_prompts: { '0': ['a red and white lighthouse on a rocky island at sunset, oil painting'] },
      seed: 1000,
    },
    axes: ['clip_guidance_scale 0, 50, 200, 500', 'eta 0, 0.4, 0.8, 1'],
  })
const options = { theme: 'light' as const, date: '2026-11-23', licence: 'CC BY 4.0' }

async function print(changes: Partial<Parameters<typeof sheetOfStudy>[0]> = {}) {
  const { study, plan } = sample()

  return sheetOfStudy({ study, plan, cells: doneCells(plan), options, picture: testPictures, ...changes })
}

async function region(png: Uint8Array, box: { x: number; y: number; width: number; height: number }) {
  return sharp(png)
    .extract({ left: box.x, top: box.y, width: box.width, height: box.height })
    .raw()
    .toBuffer()
}

describe('a printed sheet', () => {
  test('the sample sheet has the size that was forecast', async () => {
    const { png, width, height } = await print()
    const { study, plan } = sample()

    expect({ width, height }).toEqual({ width: 1241, height: 1730 })
    expect(await sharp(png).metadata()).toMatchObject({ format: 'png', width, height, channels: 3 })
    expect(sheetSize(plan, study.file.view, options)).toMatchObject({ width, height, problem: null })
  })

  test('equal input, equal bytes', async () => {
    const [one, two] = [await print(), await print()]

    expect(Buffer.from(one.png).equals(Buffer.from(two.png))).toBe(true)
  })

  test.each(['light', 'dark'] as const)(
    '%s: pixels of every cell are those of its picture, on the background of the theme',
    async (theme) => {
      const { png } = await print({ options: { ...options, theme } })
      const { study, plan } = sample()
      const { document } = prepareSheet({ study, plan, cells: doneCells(plan), options })
      const layout = layoutSheet(document, measureByFont)

      expect([...(await region(png, { x: 0, y: 0, width: 1, height: 1 }))]).toEqual([
        ...themes[theme].background,
      ])
      expect(layout.cells).toHaveLength(16)
      for (const cell of layout.cells) {
        const source = await sharp(await testPicture(cell.seq))
          .resize(256, 256, { kernel: 'nearest' })
          .removeAlpha()
          .raw()
          .toBuffer()
        expect((await region(png, cell)).equals(source), `cell ${cell.seq}`).toBe(true)
      }
    },
  )

  test.each(['light', 'dark'] as const)('%s: the QR is dark on light, module by module', async (theme) => {
    const { png, width, height } = await print({ options: { ...options, theme } })
    const { study, plan } = sample()
    const { document } = prepareSheet({ study, plan, cells: doneCells(plan), options })
    const { qr } = layoutSheet(document, measureByFont)
    const page = await sharp(png).greyscale().raw().toBuffer()
    expect(page.length).toBe(width * height)
    const free = qr.width - qr.size * qr.module
    const quiet = theme === 'light' ? free : free / 2
    const read = Array.from({ length: qr.size ** 2 }, (_, i) => {
      const x = qr.x + quiet + ((i % qr.size) + 0.5) * qr.module
      const y = qr.y + quiet + (Math.floor(i / qr.size) + 0.5) * qr.module

      return page[Math.floor(y) * width + Math.floor(x)]! < 128 ? 1 : 0
    })

    expect(read).toEqual([...document.footer.qr.modules])
  })

  test('every text box has ink in it, and the page around the boxes has none', async () => {
    const { png, width, height } = await print()
    const { study, plan } = sample()
    const layout = layoutSheet(
      prepareSheet({ study, plan, cells: doneCells(plan), options }).document,
      measureByFont,
    )
    const page = await sharp(png).raw().toBuffer()
    const isInk = (x: number, y: number) => page[3 * (y * width + x)] !== themes.light.background[0]
    const boxes = [...layout.texts, ...layout.cells, ...layout.fills, layout.qr]
    const owned = new Uint8Array(width * height)
    for (const box of boxes) {
      let ink = 0
      for (let y = box.y; y < box.y + box.height; y++)
        for (let x = box.x; x < box.x + box.width; x++) {
          owned[y * width + x] = 1
          if (isInk(x, y)) ink++
        }
      expect(ink, JSON.stringify('lines' in box ? box.lines : box)).toBeGreaterThan(0)
    }
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++)
        if (isInk(x, y) && !owned[y * width + x]) expect.fail(`stray ink at ${x}, ${y}`)
  })

  test('pictures of another size are fitted whole, and missing ones never fail the print', async () => {
    const { png } = await print({
      picture: async (sha) => (sha === 'picture-0' ? testPicture(0, 64, 32) : null),
    })
    const { study, plan } = sample()
    const layout = layoutSheet(
      prepareSheet({ study, plan, cells: doneCells(plan), options }).document,
      measureByFont,
    )
    const first = layout.cells.find((cell) => cell.seq === 0)!
    const source = await sharp(await testPicture(0, 64, 32))
      .resize(256, 128, { kernel: 'nearest' })
      .raw()
      .toBuffer()

    expect((await region(png, { ...first, y: first.y + 64, height: 128 })).equals(source)).toBe(true)
    const second = layout.cells.find((cell) => cell.seq === 5)!
    expect([...(await region(png, { x: second.x + 99, y: second.y + 99, width: 1, height: 1 }))]).toEqual([
      ...themes.light.background,
    ])
  })

  test('a sheet too large for a PNG is said before anything is drawn', async () => {
    const { study, plan } = testStudy({
      recipe: { width_height: [1280, 768] },
      axes: ['eta 0 .. 1 count 60', 'seed seeds 60 from 1'],
    })
    expect(sheetSize(plan).problem).toMatch(/more than one PNG .* holds/)
    await expect(
      sheetOfStudy({ study, plan, cells: [], options, picture: () => Promise.reject(new Error('drawn')) }),
    ).rejects.toThrow(/print its cells at \d+ %/)
  })
})

describe('the study inside', () => {
  test('comes back as it went in', async () => {
    const { png } = await print()
    const { study, plan } = sample()

    expect(readSheet(png)).toEqual({
      teststrip: 1,
      study: { id: testId, title: study.title },
      file: study.file,
      view: { columns: [0], rows: [1] },
      pack: { name: 'starter', hash: plan.pack.hash },
      renderKeys: doneCells(plan).map((cell) => cell.renderKey),
    })
  })

  test('a file that is no sheet is refused with its reason', async () => {
    expect(() => readSheet(Buffer.from('GIF89a'))).toThrow(/not a PNG/)
    expect(() => readSheet(new Uint8Array())).toThrow(/not a PNG/)
    const plain = await testPicture(1)
    expect(() => readSheet(plain)).toThrow(/no study inside/)
  })

  test('a damaged, cut or tampered sheet is refused with its reason', async () => {
    const { png } = await print()
    for (const length of [9, 40, 400, png.length - 5])
      expect(() => readSheet(png.subarray(0, length))).toThrow(/cut off/)
    for (const at of [20, 300, Math.floor(png.length / 2)]) {
      const changed = Uint8Array.from(png)
      changed[at]! ^= 1
      expect(() => readSheet(changed)).toThrow(/checksum|damaged|cut off/)
    }
  })

  test('hostile contents are refused: bombs, two studies, foreign shapes', async () => {
    const plain = await testPicture(1)
    const end = plain.length - 12
    const withChunks = (...chunks: Buffer[]) =>
      Buffer.concat([plain.subarray(0, end), ...chunks, plain.subarray(end)])
    const bomb = chunk(
      'iTXt',
      Buffer.concat([
        Buffer.from('teststrip\0\x01\0\0\0', 'latin1'),
        deflateSync(Buffer.alloc(160 * 2 ** 20)),
      ]),
    )

    expect(() => readSheet(withChunks(bomb))).toThrow(/too large/)
    expect(() => readSheet(withChunks(textChunk('teststrip', '{}'), textChunk('teststrip', '{}')))).toThrow(
      /two studies/,
    )
    expect(() => readSheet(withChunks(textChunk('teststrip', '{"teststrip":2}')))).toThrow(
      /not written as Teststrip/,
    )
    expect(() => readSheet(withChunks(textChunk('teststrip', 'not json')))).toThrow(/damaged/)
    expect(() => readSheet(withChunks(chunk('iTXt', Buffer.from('teststrip\0', 'latin1'))))).toThrow(
      /damaged/,
    )
    expect(() => readSheet(withChunks(textChunk('other', '{}')))).toThrow(/no study inside/)
  })
})
