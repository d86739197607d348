import { type APIRequestContext, expect, type Page, test } from '@playwright/test'
import sharp from 'sharp'

interface Cell {
  seq: number
  image: string
}

/** Two strengths of guidance, three seeds: cells 0 … 5. */
async function renderedStudy(request: APIRequestContext): Promise<{ id: string; images: string[] }> {
  const data = {
    teststrip: 1,
    title: 'To compare',
    pack: 'starter',
    recipe: { steps: 3, text_prompts: { 0: ['a red balloon'] } },
    axes: ['clip_guidance_scale 0, 500', 'seed seeds 3 from 21'],
  }
  const { id } = await (await request.post('/api/studies', { data })).json()
  await request.post(`/api/studies/${id}/start`, { data: {} })
  await expect
    .poll(async () => (await (await request.get(`/api/studies/${id}`)).json()).progress.status, {
      timeout: 240_000,
    })
    .toBe('finished')
  const { cells } = (await (await request.get(`/api/studies/${id}/cells`)).json()) as { cells: Cell[] }

  return { id, images: cells.toSorted((a, b) => a.seq - b.seq).map(({ image }) => image) }
}

const rgb = async (request: APIRequestContext, image: string) =>
  sharp(await (await request.get(`/blobs/${image}`)).body())
    .removeAlpha()
    .raw()
    .toBuffer()

const query = (page: Page) => Object.fromEntries(new URL(page.url()).searchParams)
const lensOf = (page: Page) =>
  page
    .getByRole('main')
    .locator('img')
    .evaluateAll((list) => [...new Set(list.map((each) => each.style.transform))])

test('pictures are compared in every way, and the address holds all of it', async ({ page, request }) => {
  const { id, images } = await renderedStudy(request)
  const at = (search: string) => page.goto(`/studies/${id}/compare?${search}`)

  await test.step('seeds side by side, zoomed together', async () => {
    await at('cells=3')
    // Drawn once the page has measured its room, and so once it hears keys.
    await expect(page.getByRole('main').getByRole('img')).toHaveCount(1)
    await page.keyboard.press('s')
    await expect(page.getByRole('group', { name: /^2[123]/ })).toHaveCount(3)
    const first = page.getByRole('img', { name: /^21/ })
    await first.hover()
    await page.mouse.wheel(0, -400)
    await expect.poll(async () => (await lensOf(page)).length).toBe(1)
    expect((await lensOf(page))[0]).toMatch(/scale\(2\.\d+/)
    const before = await lensOf(page)
    await page.mouse.down()
    await page.mouse.move(300, 300, { steps: 4 })
    await page.mouse.up()
    await expect.poll(() => lensOf(page)).not.toEqual(before)
    expect(await lensOf(page)).toHaveLength(1)
  })

  await test.step('the difference is that of the pixels, times the gain', async () => {
    await at('cells=4,5&mode=difference&by=3')
    const canvas = page.getByRole('img', { name: /difference$/ })
    await expect(page.getByText(/levels apart/)).toBeVisible()
    const shown = await canvas.evaluate((element: HTMLCanvasElement) => [
      ...element.getContext('2d')!.getImageData(0, 0, element.width, element.height).data,
    ])
    const [a, b] = await Promise.all([rgb(request, images[4]!), rgb(request, images[5]!)])
    const expected = [...a].map((value, index) => Math.min(255, Math.abs(value - b[index]!) * 3))
    expect(shown.filter((_, index) => index % 4 !== 3)).toEqual(expected)
    const mean = [...a].reduce((sum, value, index) => sum + Math.abs(value - b[index]!), 0) / a.length
    await expect(page.getByText(`${mean.toFixed(1)} levels apart`)).toBeVisible()
    await page.keyboard.press('.')
    await expect.poll(() => query(page).by).toBeUndefined()
    await expect(page.getByText('× 4')).toBeVisible()
  })

  await test.step('a slider is drawn, and survives a reload', async () => {
    await page.keyboard.press('2')
    const tile = (await page.getByRole('group', { name: /^23/ }).boundingBox())!
    await page.mouse.move(tile.x + tile.width / 2, tile.y + tile.height / 3)
    await page.mouse.down()
    await page.mouse.move(tile.x + tile.width / 4, tile.y + tile.height / 3, { steps: 4 })
    await page.mouse.up()
    await expect.poll(() => Number(query(page).by)).toBeCloseTo(0.25, 1)
    await page.reload()
    await expect(page.getByRole('slider', { name: /Reference up to/ })).toHaveValue(/0\.2/)
  })

  await test.step('blink and onion lay the reference over the picture', async () => {
    await page.keyboard.press('5')
    await expect.poll(() => query(page).mode).toBe('onion')
    await page.emulateMedia({ reducedMotion: 'reduce' })
    await page.keyboard.press('3')
    await expect(page.getByText('reference', { exact: true })).toBeHidden()
    await page.keyboard.press('b')
    await expect(page.getByText('reference', { exact: true })).toBeVisible()
  })

  await test.step('keys step along the axes, change places and the reference', async () => {
    await at('cells=3,4,5&ref=4')
    await expect(page.getByRole('group', { name: '22, reference' })).toBeVisible()
    await page.keyboard.press('ArrowLeft')
    await expect.poll(() => query(page)).toEqual({ cells: '0,1,2', ref: '1' })
    await page.getByRole('group', { name: '23' }).focus()
    await page.keyboard.press('<')
    await expect.poll(() => query(page).cells).toBe('0,2,1')
    await page.keyboard.press('Enter')
    await expect.poll(() => query(page).ref).toBe('2')
    await page.keyboard.press('Delete')
    await expect.poll(() => query(page)).toEqual({ cells: '0,1' })
  })

  await test.step('a picture is dragged to the place of another', async () => {
    await at('cells=0,1,2')
    for (const seed of [/^21/, /^22/, /^23/])
      await expect(page.getByRole('img', { name: seed })).toBeVisible()
    await page
      .getByText('23', { exact: true })
      .first()
      .dragTo(page.getByRole('group', { name: /^21/ }))
    await expect.poll(() => query(page).cells).toBe('2,0,1')
  })

  await test.step('a picture made again stands beside its first take, and a link keeps both', async () => {
    await page.goto(`/studies/${id}?cell=3`)
    await page.getByRole('button', { name: 'Render again' }).click()
    await page.getByRole('link', { name: 'Compare both' }).click({ timeout: 120_000 })
    await expect.poll(() => query(page).cells).toBe('3,3.0')
    await page.reload()
    await expect(page.getByRole('main').getByRole('img')).toHaveCount(2)
    await expect(page.getByRole('cell', { name: 'on the sheet' })).toBeVisible()
    // Another take of one recipe: the same bytes, since nothing but chance of the machine could differ.
    const pictures = page.getByRole('main').locator('img')
    const sources = () =>
      pictures.evaluateAll((list) => [...new Set(list.map((each) => each.getAttribute('src')))])
    // A preview stands in until the picture itself is there; then both cells show one blob.
    await expect.poll(sources).toEqual([expect.stringMatching(/^\/blobs\//)])
  })

  await test.step('a link that no longer fits shows what does, and says so', async () => {
    await at('cells=0,1,77&mode=stereo')
    await expect(page.getByText('1 of the 3 cells of this link are not in this study.')).toBeVisible()
    await expect(page.getByRole('img', { name: /^21/ })).toBeVisible()
    await page.setViewportSize({ width: 390, height: 844 })
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
    expect(overflow).toBeLessThanOrEqual(0)
  })
})
