import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type APIRequestContext, expect, type Page, test } from '@playwright/test'
import { pinch } from './pinch.ts'

/** What could hurt a page: markup, a right-to-left override, emoji, quotes. NUL is refused at the door. */
const hostile = `<img src=x onerror="window.hurt=1"> \u202E reversed </script><b> 👁️ "'&amp;`

let id = ''

/** Twelve small renders on three axes. */
async function startStudy(request: APIRequestContext): Promise<string> {
  const made = await request.post('/api/studies', {
    data: {
      teststrip: 1,
      title: `Watched ${hostile}`,
      pack: 'starter',
      recipe: { text_prompts: { '0': [hostile] }, steps: 5 },
      axes: ['clip_guidance_scale 0, 100, 500', 'eta 0, 1', 'seed 1000, 1001'],
    },
  })
  expect(made.ok(), await made.text()).toBe(true)
  const study = ((await made.json()) as { id: string }).id
  expect((await request.post(`/api/studies/${study}/start`)).ok()).toBe(true)

  return study
}

const axis = (page: Page, place: string, name: string) =>
  page.getByRole('group', { name: place }).getByRole('button', { name: new RegExp(`^${name}`) })

const cells = (page: Page) => page.getByRole('gridcell')

test.beforeAll(async ({ request }) => {
  id = await startStudy(request)
})

test('a study is watched in two tabs while its server dies and returns', async ({ page, context }) => {
  const other = await context.newPage()
  await Promise.all([page.goto(`/studies/${id}`), other.goto(`/studies/${id}`)])
  await expect(cells(page)).toHaveCount(12)

  const record = join(process.env.TESTSTRIP_E2E_DATA!, 'run', 'web.pid.json')
  const { pid } = JSON.parse(readFileSync(record, 'utf8')) as { pid: number }
  process.kill(-pid, 'SIGKILL')
  await expect(page.getByText(/^Not live since \d\d:\d\d; trying again/)).toBeVisible()
  await expect(page.getByText(/^Not live since/)).toBeHidden()

  for (const tab of [page, other])
    await expect(tab.getByRole('gridcell', { name: /: done/ })).toHaveCount(12, { timeout: 120_000 })

  await test.step('what one tab stars, the other shows', async () => {
    await cells(page).first().click()
    await page.keyboard.press('s')
    await page.keyboard.press('4')
    await expect(other.getByText('★', { exact: true }).first()).toBeVisible()
  })

  await test.step('hostile words are words', async () => {
    await expect(page.getByRole('heading', { level: 1 })).toContainText('<img src=x')
    await expect(page.getByText('onerror="window.hurt=1"').first()).toBeVisible()
    expect(await page.evaluate(() => 'hurt' in window)).toBe(false)
  })
})

test('axes are moved by dragging and by keyboard, and a reload brings the same sheet', async ({ page }) => {
  await page.goto(`/studies/${id}`)
  await expect(cells(page)).toHaveCount(12)

  await test.step('dragged from rows to columns', async () => {
    await axis(page, 'Rows', 'eta').dragTo(page.getByRole('group', { name: 'Columns' }))
    await expect(axis(page, 'Columns', 'eta')).toBeVisible()
  })

  await test.step('moved to pages by keyboard', async () => {
    await axis(page, 'Rows', 'seed').focus()
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'As pages, one at a time' }).press('Enter')
    await expect(cells(page)).toHaveCount(6)
    await page.keyboard.press(']')
    await expect(page.getByRole('gridcell', { name: /seed 1001/ })).toHaveCount(6)
  })

  await test.step('swapped by key', async () => {
    await page.keyboard.press('t')
    await expect(axis(page, 'Rows', 'eta')).toBeVisible()
  })

  await test.step('a value hidden', async () => {
    await axis(page, 'Rows', 'clip_guidance_scale').click()
    await page.getByRole('button', { name: 'Only 500' }).click()
    await page.keyboard.press('Escape')
    await expect(cells(page)).toHaveCount(2)
  })

  await test.step('all of it is in the address', async () => {
    await expect(page).toHaveURL(/rows=\d\.\d.*pages=2.*at=2\.1.*hide=0\.0-1/)
    await page.reload()
    await expect(cells(page)).toHaveCount(2)
    await expect(axis(page, 'Page', 'seed')).toBeVisible()
  })

  await test.step('an address that does not fit any more falls back, and says so', async () => {
    await page.goto(`/studies/${id}?cols=7&rows=1&cell=900`)
    await expect(page.getByText(/This link does not fit the study as it is now/)).toBeVisible()
    await expect(cells(page)).toHaveCount(12)
  })
})

test('cells are picked with shift, a rectangle and keys, and rated together', async ({ page, request }) => {
  await page.goto(`/studies/${id}`)
  await expect(cells(page)).toHaveCount(12)
  await cells(page).nth(1).click()
  await cells(page)
    .nth(5)
    .click({ modifiers: ['Shift'] })
  await expect(page.getByText(/^4 picked/)).toBeVisible()
  await page.keyboard.press('3')
  await expect
    .poll(async () => {
      const { cells } = (await (await request.get(`/api/studies/${id}/cells`)).json()) as {
        cells: { rating: number | null }[]
      }
      return cells.filter(({ rating }) => rating === 3).length
    })
    .toBe(4)

  await test.step('a rectangle', async () => {
    await page.keyboard.press('Escape')
    const from = (await cells(page).first().boundingBox())!
    const to = (await cells(page).nth(4).boundingBox())!
    await page.mouse.move(from.x + 5, from.y + 5)
    await page.mouse.down()
    await page.mouse.move(to.x + 20, to.y + 20, { steps: 4 })
    await page.mouse.up()
    await expect(page.getByText(/^4 picked/)).toBeVisible()
  })

  await test.step('the picture, down to its pixels', async () => {
    await page.keyboard.press('Escape')
    await cells(page).first().dblclick()
    const dialog = page.getByRole('dialog', { name: /clip_guidance_scale/ })
    await expect(dialog.getByRole('img')).toBeVisible()
    await page.keyboard.press('+')
    await expect(dialog.getByText(/1\.5 times/)).toBeVisible()
    await pinch(page, { x: 700, y: 450 }, { from: 100, to: 200 })
    await expect(dialog.getByText(/\b3\.0 times/)).toBeVisible()
    await page.keyboard.press('ArrowRight')
    await expect(page.getByRole('dialog', { name: /clip_guidance_scale 100/ })).toBeVisible()
  })
})

test('hundreds of cells are zoomed through, drawn while they are small and elements when they are not', async ({
  page,
  request,
}) => {
  const made = await request.post('/api/studies', {
    data: {
      teststrip: 1,
      title: 'Six hundred',
      pack: 'starter',
      recipe: { text_prompts: { '0': ['a lighthouse'] }, steps: 5 },
      axes: ['clip_guidance_scale 100 .. 3000 step 100', 'seed seeds 20 from 1'],
    },
  })
  const { id: many } = (await made.json()) as { id: string }
  expect((await request.post(`/api/studies/${many}/start`)).ok()).toBe(true)
  expect((await request.post(`/api/studies/${many}/cancel`)).ok()).toBe(true)
  await page.goto(`/studies/${many}?size=60`)
  await expect.poll(() => cells(page).count()).toBeGreaterThan(100)
  const sheet = page.getByRole('grid')
  const columns = sheet.getByRole('columnheader')
  const turn = async (by: number) => {
    await sheet.hover({ position: { x: 400, y: 300 } })
    await page.keyboard.down('Control')
    for (let times = 0; times < 6; times++) await page.mouse.wheel(0, by)
    await page.keyboard.up('Control')
  }

  await test.step('far away only one cell is an element, where the keyboard stands', async () => {
    await turn(60)
    await expect(cells(page)).toHaveCount(1)
    await expect(page).toHaveURL(/size=1\d/)
    await cells(page).focus()
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('ArrowRight')
    await expect(page.getByRole('gridcell', { selected: true })).toBeFocused()
  })

  await test.step('near again they are elements, with their headers', async () => {
    await turn(-60)
    await expect.poll(() => cells(page).count()).toBeGreaterThan(24)
    await expect.poll(() => columns.count()).toBeGreaterThan(3)
  })

  await test.step('two fingers do the same', async () => {
    await pinch(page, { x: 700, y: 450 }, { from: 300, to: 60 })
    await expect(cells(page)).toHaveCount(1)
    await expect(page).toHaveURL(/size=1\d/)
    await pinch(page, { x: 700, y: 450 }, { from: 60, to: 300 })
    await expect.poll(() => cells(page).count()).toBeGreaterThan(24)
  })
})
