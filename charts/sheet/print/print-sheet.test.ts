import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { layoutSheet } from '../layout/layout-sheet.ts'
import { prepareSheet } from '../prepare/prepare-sheet.ts'
import { sheetSize } from '../sheet-size.ts'
import { doneCells, testPicture, testPictures, testStudy } from '../testing.ts'
import { themes } from '../themes.ts'
import { measureByFont } from './fonts.ts'
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
    const png = await print()
    const { study, plan } = sample()
    const [width, height] = [1241, 1730]

    expect(await sharp(png).metadata()).toMatchObject({ format: 'png', width, height, channels: 3 })
    expect(sheetSize(plan, study.file.view, options)).toMatchObject({ width, height, problem: null })
  })

  test('equal input, equal bytes', async () => {
    const [one, two] = [await print(), await print()]

    expect(one.equals(two)).toBe(true)
  })

  test.each(['light', 'dark', 'print'] as const)(
    '%s: pixels of every cell are those of its picture, on the background of the theme',
    async (theme) => {
      const png = await print({ options: { ...options, theme } })
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

  test.each(['light', 'dark', 'print'] as const)(
    '%s: the QR is dark on light, module by module',
    async (theme) => {
      const png = await print({ options: { ...options, theme } })
      const { study, plan } = sample()
      const { document } = prepareSheet({ study, plan, cells: doneCells(plan), options })
      const { qr: code, width, height } = layoutSheet(document, measureByFont)
      const qr = code!
      const page = await sharp(png).greyscale().raw().toBuffer()
      expect(page.length).toBe(width * height)
      const free = qr.width - qr.size * qr.module
      const quiet = theme === 'dark' ? free / 2 : free
      const read = Array.from({ length: qr.size ** 2 }, (_, i) => {
        const x = qr.x + quiet + ((i % qr.size) + 0.5) * qr.module
        const y = qr.y + quiet + (Math.floor(i / qr.size) + 0.5) * qr.module

        return page[Math.floor(y) * width + Math.floor(x)]! < 128 ? 1 : 0
      })

      expect(read).toEqual([...document.footer.qr.modules])
    },
  )

  test('every text box has ink in it, and the page around the boxes has none', async () => {
    const png = await print()
    const { study, plan } = sample()
    const layout = layoutSheet(
      prepareSheet({ study, plan, cells: doneCells(plan), options }).document,
      measureByFont,
    )
    const { width, height } = layout
    const page = await sharp(png).raw().toBuffer()
    const isInk = (x: number, y: number) => page[3 * (y * width + x)] !== themes.light.background[0]
    const boxes = [...layout.texts, ...layout.cells, ...layout.fills, layout.qr!]
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
    const png = await print({
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
