import { type APIRequestContext, expect, test } from '@playwright/test'

const progressOf = async (request: APIRequestContext, id: string) =>
  (await (await request.get(`/api/studies/${id}`)).json()).progress as {
    status: string
    counts: { rendering: number; done: number; cells: number }
  }

test('the fleet shows pictures as they grow; a device set aside gets none until it is brought back', async ({
  page,
  request,
}) => {
  const made = await request.post('/api/studies', {
    data: {
      teststrip: 1,
      title: 'Watched from the fleet',
      pack: 'starter',
      recipe: { steps: 60 },
      axes: ['seed seeds 12 from 7000'],
    },
  })
  const { id } = (await made.json()) as { id: string }
  expect((await request.post(`/api/studies/${id}/priority`, { data: { priority: 1 } })).ok()).toBe(true)
  expect((await request.post(`/api/studies/${id}/start`)).ok()).toBe(true)

  await page.goto('/fleet')
  await expect(page.getByRole('img', { name: /^Growing picture of cell/ }).first()).toBeVisible()
  await expect(page.getByText(/cell \d+ · step \d+ of 60/).first()).toBeVisible()

  await page
    .getByRole('button', { name: /^Set aside/ })
    .first()
    .click()
  await expect(page.getByText(/^Set aside .* ago$/)).toBeVisible()
  await expect.poll(async () => (await progressOf(request, id)).counts.rendering).toBe(0)
  const { done, cells } = (await progressOf(request, id)).counts
  expect(done).toBeLessThan(cells)
  await page.reload()
  await page.getByRole('button', { name: /^Bring back/ }).click()
  await expect(page.getByText(/^Rendering \d picture/)).toBeVisible()
  await expect.poll(async () => (await progressOf(request, id)).counts.done).toBeGreaterThan(done)

  await page.getByRole('link', { name: 'Watched from the fleet' }).first().click()
  await expect(page).toHaveURL(new RegExp(`/studies/${id}\\?cell=\\d+`))
  await request.post(`/api/studies/${id}/cancel`)
  expect((await progressOf(request, id)).status).toBe('cancelled')
  expect((await request.delete(`/api/studies/${id}`)).ok()).toBe(true)
})
