import { expect, test } from '@playwright/test'
import { readSheet } from '#charts/print'
import { expectTrueSheet } from './sheet-truth.ts'

interface Listed {
  studies: { id: string; title: string; status: string; progress: { counts: { done: number } } }[]
}

/** The first start as a script sees it: only HTTP, no browser. */
test('the sample study develops by itself and its sheet can be taken', async ({ request }) => {
  const health = await (await request.get('/api/health')).json()
  expect(health.ok).toBe(true)

  const sample = async () => {
    const { studies } = (await (await request.get('/api/studies')).json()) as Listed

    return studies.find(({ title }) => title === 'How eta answers guidance')!
  }
  await expect.poll(async () => (await sample()).status, { timeout: 240_000 }).toBe('finished')
  const { id, progress } = await sample()
  expect(progress.counts.done).toBe(16)

  const { cells } = await (await request.get(`/api/studies/${id}/cells`)).json()
  expect(new Set(cells.map(({ image }: { image: string }) => image)).size).toBe(16)

  const png = await (await request.get(`/api/studies/${id}/sheet.png`)).body()
  expect((await readSheet(png)).renderKeys).toHaveLength(16)
  await expectTrueSheet({ png, id, request })
})

test('pages and requests of other sites are refused', async ({ request }) => {
  const foreign = await request.post('/api/studies', {
    headers: { origin: 'https://elsewhere.example' },
    data: {},
  })
  expect(foreign.status()).toBe(403)
  const rebound = await request.get('/api/studies', { headers: { host: 'elsewhere.example' } })
  expect(rebound.status()).toBe(403)
})
