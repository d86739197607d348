import { readFileSync } from 'node:fs'
import { type APIRequestContext, expect, test } from '@playwright/test'

/** What the library may bring before anything is asked of it, as it crosses the line. */
const mostScript = 200_000

const draft = async (request: APIRequestContext, title: string, axes: string[]): Promise<string> => {
  const response = await request.post('/api/studies', {
    data: { teststrip: 1, title, pack: 'starter', recipe: { steps: 4 }, axes },
  })

  return ((await response.json()) as { id: string }).id
}

test('the library loads little, finds studies by their axes, and puts them aside, back and away', async ({
  page,
  request,
}) => {
  await draft(request, 'Both of them', ['eta 0, 1', 'cut_ic_pow 1, 5'])
  await draft(request, 'Only eta', ['eta 0, 1'])
  const card = (title: string) => page.getByRole('listitem').filter({ hasText: title })
  const choose = async (title: string, item: string) => {
    await page.getByRole('button', { name: `More about ${title}` }).click()
    await page.getByRole('button', { name: item, exact: true }).click()
  }

  await test.step('its first load stays within the budget', async () => {
    const scripts: Promise<number>[] = []
    page.on('requestfinished', (finished) => {
      if (finished.resourceType() === 'script')
        scripts.push(finished.sizes().then(({ responseBodySize }) => responseBodySize))
    })
    await page.goto('/', { waitUntil: 'networkidle' })
    const bytes = (await Promise.all(scripts)).reduce((all, each) => all + each, 0)
    console.log(`the library's script: ${Math.round(bytes / 1000)} kB compressed`)
    expect(bytes).toBeGreaterThan(20_000)
    expect(bytes).toBeLessThanOrEqual(mostScript)
    page.removeAllListeners('requestfinished')
  })

  await test.step('searched by parameter, in the address', async () => {
    await page.getByRole('searchbox', { name: 'Search studies' }).fill('eta × cut_ic_pow')
    await expect(page).toHaveURL(/q=eta/)
    await expect(card('Both of them')).toBeVisible()
    await expect(card('Only eta')).toHaveCount(0)
    await page.reload()
    await expect(card('Both of them')).toBeVisible()
    await page.getByRole('searchbox', { name: 'Search studies' }).fill('')
    await expect(card('Only eta')).toBeVisible()
  })

  await test.step('archived, and brought back', async () => {
    await choose('Only eta', 'Archive')
    await expect(page.getByRole('status').filter({ hasText: 'is archived' })).toBeVisible()
    await expect(card('Only eta')).toHaveCount(0)
    await page.getByRole('button', { name: 'Archived' }).click()
    await expect(page.getByRole('heading', { name: 'Archived' })).toBeVisible()
    await choose('Only eta', 'Back into the library')
    await expect(card('Only eta')).toHaveCount(0)
    await page.getByRole('button', { name: 'Archived' }).click()
    await expect(card('Only eta')).toBeVisible()
  })

  await test.step('tagged, and found by its tag', async () => {
    await choose('Only eta', 'Title, notes, tags …')
    await page.getByRole('textbox', { name: /^Tags/ }).fill('first tries')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('button', { name: '#first tries' }).click()
    await expect(card('Both of them')).toHaveCount(0)
    await expect(card('Only eta')).toBeVisible()
    await page.getByRole('combobox', { name: 'Tag' }).selectOption('')
  })

  await test.step('taken home whole, deleted after a question, and taken in again', async () => {
    const download = page.waitForEvent('download')
    await choose('Only eta', 'Export with pictures')
    const zip = await (await download).path()
    await choose('Only eta', 'Delete …')
    await page.getByRole('button', { name: 'Cancel' }).click()
    await expect(card('Only eta')).toBeVisible()
    await choose('Only eta', 'Delete …')
    await page.getByRole('button', { name: 'Delete the study' }).click()
    await expect(card('Only eta')).toHaveCount(0)
    await page
      .getByLabel('Import an exported study')
      .setInputFiles({ name: 'only-eta.zip', mimeType: 'application/zip', buffer: readFileSync(zip) })
    await expect(page.getByRole('status').filter({ hasText: 'is here with' })).toBeVisible()
    await expect(card('Only eta')).toBeVisible()
  })
})

test('effects say what an axis does, show the pictures behind it and go home as CSV and SVG', async ({
  page,
}) => {
  await page.goto('/')
  await page
    .getByRole('link', { name: /How eta answers guidance/ })
    .first()
    .click()
  await expect(page.getByRole('gridcell', { name: /: done/ }).nth(3)).toBeVisible({ timeout: 180_000 })
  await page.goto(`${new URL(page.url()).pathname}/effects?measure=contrast`)

  await test.step('a summary in words, held against what there is', async () => {
    const summary = page.getByRole('complementary', { name: 'Summary' })
    await expect(summary.getByText('What moves contrast')).toBeVisible()
    await expect(summary.getByText(/clip_guidance_scale/).first()).toBeVisible()
    await expect(summary.getByText(/a seed axis of three or more would tell/)).toBeVisible()
  })

  await test.step('figures by key, and in the address', async () => {
    await expect(page.locator('.recharts-line-curve').first()).toBeVisible()
    await page.keyboard.press('2')
    await expect(page).toHaveURL(/figure=together/)
    const cell = page.getByRole('button', { name: /clip_guidance_scale 500, eta 1: .* Open the cell/ })
    await cell.hover()
    await expect(page.getByText(/beyond what both do alone/)).toBeVisible()
    await page.getByText('As a table').click()
    await expect(page.getByRole('columnheader', { name: 'beyond both alone' })).toBeVisible()
    await page.reload()
    await cell.click()
    await expect(page).toHaveURL(/\/studies\/[0-9a-f-]{36}\?cell=\d+/)
    await page.goBack()
    await expect(cell).toBeVisible()
  })

  await test.step('measured against a picture of the study', async () => {
    await page.getByRole('button', { name: 'Reference picture' }).click()
    await page.getByRole('button', { name: 'The first picture' }).click()
    await expect(page.getByRole('link', { name: 'cell 1', exact: true })).toBeVisible()
    await expect(page.getByLabel('Measure').getByRole('option', { name: 'LPIPS distance' })).toBeAttached({
      timeout: 30_000,
    })
    await page.getByLabel('Measure').selectOption('LPIPS distance')
    await page.getByRole('radio', { name: 'Main effects' }).click({ force: true })
    await expect(page.locator('.recharts-line-curve').first()).toBeVisible()
    await page.getByRole('link', { name: 'cell 1', exact: true }).click()
    await expect(
      page
        .getByRole('complementary', { name: 'Cell' })
        .getByText(/LPIPS distance/)
        .first(),
    ).toBeVisible()
    await page.getByRole('button', { name: 'Stop measuring from here' }).click()
    await expect(page.getByRole('button', { name: 'Measure from here', exact: true })).toBeVisible()
    await page.goBack()
  })

  await test.step('taken home', async () => {
    const taken = async (item: string) => {
      const download = page.waitForEvent('download')
      await page.getByRole('button', { name: 'Export', exact: true }).click()
      await page.getByRole('button', { name: item }).click()

      return readFileSync(await (await download).path(), 'utf8')
    }
    const lines = (await taken('All measures as CSV')).split('\r\n')
    expect(lines[0]).toMatch(/^cell,clip_guidance_scale,eta,picture,.*contrast.*edgeDensity/)
    expect(lines.slice(1, 5).every((line) => /^\d+,\d+,[\d.]+,[0-9a-f]{64},/.test(line))).toBe(true)
    expect(await taken('Figure as SVG')).toMatch(/^<svg[^>]*>.*clip_guidance_scale/s)
  })
})

test('packs say what they hold, prove it, and what a settings file lacks', async ({ page }) => {
  await page.goto('/packs')
  await expect(page.getByRole('row', { name: /CLIP ViTB32 clip.safetensors/ })).toBeVisible()
  await page.getByRole('button', { name: 'Verify Starter pack' }).click()
  await expect(page.getByText(/Every file was what it should be \d s ago/)).toBeVisible()
  await page
    .getByLabel('What a settings file needs')
    .locator('input')
    .setInputFiles({
      name: 'night_settings.txt',
      mimeType: 'text/plain',
      buffer: Buffer.from(
        JSON.stringify({ ViTB32: true, RN50x4: true, use_secondary_model: true, steps: 250 }),
      ),
    })
  await expect(page.getByText('teststrip models pull', { exact: false }).first()).toContainText('RN50x4')
})
