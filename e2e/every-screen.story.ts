import { AxeBuilder } from '@axe-core/playwright'
import { expect, test } from '@playwright/test'
import { finishedSample, screens } from './screens/screens.ts'

for (const colorScheme of ['light', 'dark'] as const)
  test.describe(`in ${colorScheme}`, () => {
    test.use({ colorScheme })

    for (const { name, path, ready } of screens)
      test(`${name} shuts nobody out`, async ({ page, request }) => {
        await page.goto(path(await finishedSample(request)))
        await ready(page)
        const { violations } = await new AxeBuilder({ page }).analyze()

        expect(
          violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' · ')}`),
        ).toEqual([])
      })
  })

test('everything can be found by typing a few letters of it', async ({ page, request }) => {
  await finishedSample(request)
  await page.goto('/')
  const field = page.getByRole('combobox', { name: 'Find a command, study or parameter' })
  // A key pressed before the page listens is lost; people press it again.
  await expect(async () => {
    await page.keyboard.press('Control+k')
    await expect(field).toBeVisible({ timeout: 1000 })
  }).toPass()
  await field.fill('clip_guid')
  await field.press('Enter')
  await expect(page).toHaveURL(/\/gallery\/clip_guidance_scale$/)
  await page.getByRole('button', { name: 'Open as a study' }).first().click()
  await expect(page.getByRole('button', { name: /^Start \d+ renders/ })).toBeVisible()
})
