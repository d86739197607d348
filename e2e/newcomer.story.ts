import { readFileSync } from 'node:fs'
import { expect, test } from '@playwright/test'
import { readSheet } from '#charts/print'
import { expectTrueSheet } from './sheet-truth.ts'

/** What a newcomer does in the first ten minutes, in one go and against the real stack. */
test('a newcomer makes a study, watches it develop, compares two seeds and takes the sheet home', async ({
  page,
}) => {
  let png: Buffer = Buffer.alloc(0)

  await test.step('the bundled sample is developing on the first page', async () => {
    await page.goto('/')
    await expect(page.getByRole('link', { name: /How eta answers guidance/ }).first()).toBeVisible()
  })

  await test.step('a new study with two axes', async () => {
    await page
      .getByRole('link', { name: 'New study' })
      .or(page.getByRole('button', { name: 'New study' }))
      .first()
      .click()
    await page.getByRole('textbox', { name: 'Title' }).fill('Two seeds, two guidances')
    await page
      .getByRole('textbox', { name: 'Prompt 1' })
      .fill('a red and white lighthouse by the sea at sunset')
    const axis = page.getByRole('textbox', { name: 'Add an axis' })
    await axis.fill('clip_guidance_scale 0, 500')
    await axis.press('Enter')
    await axis.fill('seed seeds 2 from 1000')
    await axis.press('Enter')
  })

  await test.step('bad input is answered where it is typed and starts nothing', async () => {
    const axis = page.getByRole('textbox', { name: 'Add an axis' })
    await axis.fill('eta 0 .. 1 step -0.25')
    await expect(page.getByText(/never reaches/i).first()).toBeVisible()
    await axis.fill('')
  })

  await test.step('start, and watch it finish', async () => {
    await page.getByRole('button', { name: 'Start 4 renders' }).click()
    await expect(page).toHaveURL(/\/studies\/[0-9a-f-]{36}$/)
    await expect(page.getByRole('gridcell')).toHaveCount(4)
    await expect(page.getByRole('gridcell', { name: /: done/ })).toHaveCount(4, { timeout: 240_000 })
  })

  await test.step('two seeds side by side', async () => {
    await page.getByRole('gridcell', { name: /clip_guidance_scale 500.*seed 1000/ }).click()
    await page
      .getByRole('button', { name: 'Compare' })
      .or(page.getByRole('link', { name: 'Compare' }))
      .first()
      .click()
    await expect(page).toHaveURL(/\/compare/)
    await expect(page.getByRole('img', { name: /^1000/ })).toBeVisible()
    await expect(page.getByRole('img', { name: /^1001/ })).toBeVisible()
    await page.goBack()
  })

  await test.step('the exported sheet has its size, its headers and its cells, and the study inside', async () => {
    await page
      .getByRole('button', { name: 'Sheet' })
      .or(page.getByRole('link', { name: 'Sheet' }))
      .first()
      .click()
    const download = page.waitForEvent('download')
    await page
      .getByRole('button', { name: 'Download PNG' })
      .or(page.getByRole('link', { name: 'Download PNG' }))
      .first()
      .click()
    png = readFileSync(await (await download).path())
    const id = /studies\/([0-9a-f-]{36})/.exec(page.url())![1]!
    await expectTrueSheet({ png, id, request: page.request })

    const inside = await readSheet(png)
    expect(inside.file.title).toBe('Two seeds, two guidances')
    expect(inside.file.axes).toHaveLength(2)
    expect(inside.renderKeys).toHaveLength(4)
    expect(new Set(inside.renderKeys).size).toBe(4)
  })

  await test.step('the sheet, given back, is the study again', async () => {
    await page.goto('/new')
    const chooser = page.waitForEvent('filechooser')
    await page.getByRole('button', { name: 'Fill from file' }).click()
    await (await chooser).setFiles({ name: 'sheet.png', mimeType: 'image/png', buffer: png })
    await expect(page.getByRole('textbox', { name: 'Prompt 1' })).toHaveValue(/red and white lighthouse/)
    await expect(page.getByText('Already rendered')).toBeVisible()
  })
})
