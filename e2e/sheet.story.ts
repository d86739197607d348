import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, type Page, test } from '@playwright/test'
import sharp from 'sharp'
import { readSheet } from '#charts/print'

interface Listed {
  studies: { id: string; title: string; status: string }[]
}

const hostile = 'Plate <img src=x onerror="document.title=\'taken over\'"> & more'

/** Takes the sheet home in a format; the path of the file. */
async function take(page: Page, format: string, folder: string, name: string): Promise<string> {
  await page.getByLabel('Format', { exact: true }).selectOption({ label: format })
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: `Download ${format}` }).click()
  const path = join(folder, name)
  await (await download).saveAs(path)

  return path
}

test('a sheet is designed, taken home, explored without a network, given back and shared', async ({
  page,
  request,
  browser,
  context,
}, testInfo) => {
  const folder = testInfo.outputPath()
  const sample = async () => {
    const { studies } = (await (await request.get('/api/studies')).json()) as Listed

    return studies.find(({ title }) => title === 'How eta answers guidance')!
  }
  await expect.poll(async () => (await sample()).status, { timeout: 240_000 }).toBe('finished')
  const { id } = await sample()
  let png = ''
  let html = ''

  await test.step('what is chosen is seen at once, and is in the address', async () => {
    await page.goto(`/studies/${id}/sheet`)
    const sheet = page.getByRole('img', { name: 'The sheet of How eta answers guidance' })
    await expect(sheet.locator('image')).toHaveCount(16)
    await page.getByRole('complementary').getByRole('radio', { name: 'Dark' }).click()
    await page.getByRole('textbox', { name: 'Title', exact: true }).fill(hostile)
    await page.getByLabel('Where eta stands').selectOption('A table each')
    await expect(sheet).toContainText('Plate <img')
    await expect(page).toHaveURL(/theme=dark/)
    await expect(page).toHaveURL(/groups=1/)
    await page.reload()
    await expect(sheet).toContainText('Plate <img')
  })

  await test.step('what a format cannot hold is said before, with one that can', async () => {
    await page.getByLabel('Format', { exact: true }).selectOption({ label: 'GIF' })
    await expect(page.getByRole('alert').filter({ hasText: 'goes along one axis' })).toBeVisible()
    await expect(page.getByRole('button', { name: 'Download GIF' })).toBeDisabled()
  })

  await test.step('the files are what was shown, and carry the study', async () => {
    png = await take(page, 'PNG', folder, 'sheet.png')
    const { width, height } = await sharp(png).metadata()
    await expect(page.getByText(`${width} × ${height}`)).toBeVisible()
    const pdf = await take(page, 'PDF', folder, 'sheet.pdf')
    html = await take(page, 'Interactive page', folder, 'sheet.html')
    for (const path of [png, pdf, html])
      expect((await readSheet(readFileSync(path))).file.title).toBe('How eta answers guidance')
  })

  await test.step('the picture is copied', async () => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write'])
    await page.getByRole('button', { name: 'Copy image' }).click()
    await expect(page.getByRole('button', { name: 'Copied' })).toBeVisible()
    const types = await page.evaluate(async () => (await navigator.clipboard.read())[0]?.types)
    expect(types).toContain('image/png')
  })

  await test.step('the page is explored from a file, with no network', async () => {
    const alone = await browser.newContext({ offline: true })
    const viewer = await alone.newPage()
    const asked: string[] = []
    viewer.on('request', (sent) => asked.push(new URL(sent.url()).protocol))
    await viewer.goto(pathToFileURL(html).href)
    await expect(viewer.getByRole('gridcell')).toHaveCount(4)
    await viewer.getByLabel('Where eta stands').selectOption('Rows')
    await expect(viewer.getByRole('gridcell')).toHaveCount(16)
    const drawn = () =>
      viewer
        .locator('.cell img')
        .evaluateAll((images) =>
          (images as HTMLImageElement[]).every((image) => image.complete && image.naturalWidth === 64),
        )
    await expect.poll(drawn).toBe(true)

    const first = viewer.getByRole('gridcell').first()
    await expect(first).toHaveAccessibleName('clip_guidance_scale 0, eta 0')
    await viewer.keyboard.press('x')
    await expect(viewer.getByRole('gridcell').nth(1)).toHaveAccessibleName('clip_guidance_scale 0, eta 0.4')
    for (const key of [' ', 'ArrowRight', ' ', 'c']) await viewer.keyboard.press(key)
    await expect(viewer.getByRole('dialog').getByRole('img')).toHaveCount(2)
    await viewer.keyboard.press('Escape')
    await expect(viewer.getByRole('heading', { level: 1 })).toHaveText(hostile)
    await expect(viewer).toHaveTitle(hostile)
    expect(asked.filter((protocol) => !['file:', 'data:', 'blob:'].includes(protocol))).toEqual([])
    await alone.close()
  })

  await test.step('the sheet, dropped on the dashboard, is the study again', async () => {
    await page.goto('/')
    await page.getByRole('heading', { name: 'Library' }).waitFor()
    const transfer = await page.evaluateHandle((bytes) => {
      const data = new DataTransfer()
      const content = Uint8Array.from(atob(bytes), (letter) => letter.charCodeAt(0))
      data.items.add(new File([content], 'sheet.png', { type: 'image/png' }))
      return data
    }, readFileSync(png).toString('base64'))
    await page.dispatchEvent('main', 'drop', { dataTransfer: transfer })
    await expect(page).toHaveURL(/\/studies\/[0-9a-f-]{36}\/edit/)
    await expect(page.getByRole('textbox', { name: 'Title', exact: true })).toHaveValue(
      'How eta answers guidance',
    )
  })

  await test.step('a link shows the sheet to a stranger, and stands in its footer, until it is taken back', async () => {
    await page.goto(`/studies/${id}/sheet`)
    await page.getByRole('button', { name: 'Make a link' }).click()
    const link = page.getByRole('list', { name: 'Links' }).getByRole('link').first()
    const address = (await link.textContent())!
    expect(address).toMatch(/\/s\/[A-Za-z0-9_-]{22,}$/)

    const stranger = await (await browser.newContext()).newPage()
    await stranger.goto(address)
    const sheet = stranger.getByRole('img', { name: 'The sheet How eta answers guidance' })
    await expect
      .poll(() => sheet.evaluate((image: HTMLImageElement) => image.naturalWidth), { timeout: 60_000 })
      .toBeGreaterThan(256)
    const card = await stranger.locator('meta[property="og:image"]').getAttribute('content')
    expect(await sharp(await (await request.get(card!)).body()).metadata()).toMatchObject({
      width: 1080,
      height: 1080,
    })

    const footer = page.getByRole('img', { name: 'The sheet of How eta answers guidance' })
    const short = address.replace(/^https?:\/\//, '')
    await page.getByRole('checkbox', { name: 'In the footer and its QR' }).check()
    await expect(footer).toContainText(short)
    await expect(page).toHaveURL(/link=/)
    await page.reload()
    await expect(footer).toContainText(short)
    const svg = await take(page, 'SVG', folder, 'sheet.svg')
    expect(readFileSync(svg, 'utf8')).toContain(short)

    await page.getByRole('button', { name: 'Take back' }).first().click()
    await expect(page.getByRole('button', { name: 'Take back' })).toHaveCount(0)
    await expect(footer).not.toContainText(short)
    await expect(page).not.toHaveURL(/link=/)
    expect((await stranger.goto(address))!.status()).toBe(404)
    await expect(stranger.getByRole('heading', { name: 'This link shows nothing' })).toBeVisible()
    expect((await request.get(`${address}/sheet.png`)).status()).toBe(404)
    await stranger.context().close()
  })
})
