import { expect, type Locator, type Page, test } from '@playwright/test'

const axisField = (page: Page) => page.getByRole('textbox', { name: 'Add an axis' })
const axisTexts = (page: Page) =>
  page
    .getByRole('textbox', { name: /, as typed$/ })
    .evaluateAll((fields) => fields.map((field) => (field as HTMLInputElement).value))
const isSaved = (page: Page) => expect(page.getByRole('status').filter({ hasText: /^saved$/ })).toBeVisible()

async function addAxis(page: Page, text: string) {
  await axisField(page).fill(text)
  await axisField(page).press('Enter')
}

/** Drops a file on the page, as a person who drags it from a folder. */
async function drop(page: Page, name: string, text: string) {
  const files = await page.evaluateHandle(
    ([called, holds]) => {
      const transfer = new DataTransfer()
      transfer.items.add(new File([holds!], called!))
      return transfer
    },
    [name, text],
  )
  await page.dispatchEvent('main', 'dragover', { dataTransfer: files })
  await page.dispatchEvent('main', 'drop', { dataTransfer: files })
}

/** Presses Tab until something has the focus. */
async function tabTo(page: Page, target: Locator, key = 'Tab') {
  for (let presses = 0; presses < 200; presses++) {
    if (await target.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press(key)
  }
  throw new Error('Tab never gets there.')
}

test('a study is built, its axes dragged and linked, changes taken back, and a reload keeps the draft', async ({
  page,
}) => {
  await page.goto('/new')
  await page.getByRole('textbox', { name: 'Title' }).fill('Built by hand')
  await page.getByRole('textbox', { name: 'Prompt 1' }).fill('a windmill on a hill')
  await addAxis(page, 'eta 0, 0.5, 1')
  await addAxis(page, 'seed seeds 2 from 7')

  await test.step('dragged by its handle, the second axis becomes the first', async () => {
    const handle = page.getByRole('button', { name: /^Move seed/ })
    const first = (await page.getByRole('group', { name: 'eta' }).boundingBox())!
    await handle.hover()
    await page.mouse.down()
    await page.mouse.move(first.x + 10, first.y + first.height / 2, { steps: 5 })
    await page.mouse.move(first.x + 10, first.y + 2, { steps: 5 })
    await page.mouse.up()
    await expect.poll(() => axisTexts(page)).toEqual(['seed seeds 2 from 7', 'eta 0, 0.5, 1'])
  })

  await test.step('undo and redo, also while typing in a field', async () => {
    await page.keyboard.press('Control+z')
    await expect.poll(() => axisTexts(page)).toEqual(['eta 0, 0.5, 1', 'seed seeds 2 from 7'])
    await page.keyboard.press('Control+Shift+z')
    await expect.poll(() => axisTexts(page)).toEqual(['seed seeds 2 from 7', 'eta 0, 0.5, 1'])

    const steps = page.getByRole('textbox', { name: /^steps( ?, changed)?$/ })
    await steps.fill('7')
    await steps.press('Control+z')
    await expect(steps).toHaveValue('40')
  })

  await test.step('an axis lies where it is put, another parameter is linked, cells are left out', async () => {
    await page.getByRole('combobox', { name: 'Where eta lies' }).selectOption('Pages')
    await page.getByRole('button', { name: 'Link a parameter to seed' }).click()
    await page.getByRole('button', { name: 'clamp_max', exact: true }).click()
    await expect(page.getByText('linked', { exact: true })).toBeVisible()
    await page.getByRole('button', { name: /Leave cells out/ }).click()
    await page.getByRole('textbox', { name: 'Skip when' }).fill('eta > 0.7')
    await expect(page.getByText('2 cells')).toBeVisible()
    await expect(page.getByText('page 1 of 3')).toBeVisible()
  })

  await test.step('advice is followed with a press', async () => {
    await page.getByRole('switch', { name: 'clamp_grad' }).click()
    await page.getByRole('button', { name: 'Turn clamp_grad on' }).first().click()
    await expect(page.getByRole('switch', { name: 'clamp_grad' })).toBeChecked()
  })

  await test.step('a schedule is drawn with the keys', async () => {
    await page.getByRole('button', { name: 'Draw cut_overview' }).click()
    await page.getByRole('slider', { name: 'cut_overview from unit 0' }).press('ArrowUp')
    await expect(page.getByRole('textbox', { name: /^cut_overview/ })).toHaveValue('[5]*1000')
  })

  await isSaved(page)
  await page.reload()
  await expect(page.getByRole('textbox', { name: 'Title' })).toHaveValue('Built by hand')
  await expect(page.getByRole('textbox', { name: 'Prompt 1' })).toHaveValue('a windmill on a hill')
  await expect(page.getByRole('combobox', { name: 'Where eta lies' })).toHaveValue('pages')
  await expect(page.getByRole('textbox', { name: 'Skip when' })).toHaveValue('eta > 0.7')
  await expect(page.getByRole('textbox', { name: /^cut_overview/ })).toHaveValue('[5]*1000')
})

test('a study is built with the keyboard alone, and started twice from two tabs it runs once', async ({
  page,
  context,
}) => {
  const title = `Keys only ${Date.now()}`

  await test.step('two axes, moved by their handles', async () => {
    await page.goto('/new')
    // A key pressed before the page listens is lost; people press it again.
    await expect(async () => {
      await page.keyboard.press('a')
      await expect(axisField(page)).toBeFocused({ timeout: 500 })
    }).toPass()
    await page.keyboard.type('clip_guidance_scale 0, 400')
    await page.keyboard.press('Enter')
    await page.keyboard.type('seed 11')
    await page.keyboard.press('Enter')
    await tabTo(page, page.getByRole('button', { name: /^Move seed/ }))
    await page.keyboard.press('ArrowUp')
    await expect.poll(() => axisTexts(page)).toEqual(['seed 11', 'clip_guidance_scale 0, 400'])
  })

  await test.step('a parameter is found and set', async () => {
    await page.keyboard.press('/')
    await page.keyboard.type('steps')
    await tabTo(page, page.getByRole('textbox', { name: /^steps( ?, changed)?$/ }))
    await page.keyboard.press('Control+a')
    await page.keyboard.type('4')
    await tabTo(page, page.getByRole('textbox', { name: 'Title' }), 'Shift+Tab')
    await page.keyboard.type(title)
    await isSaved(page)
  })

  const other = await context.newPage()
  await test.step('two tabs, each with a double press', async () => {
    await other.goto(page.url())
    const start = (tab: Page) => tab.getByRole('button', { name: /^Start/ })
    await expect(start(other)).toBeEnabled()
    await tabTo(page, start(page))
    await Promise.all([
      page.keyboard.press('Enter').then(() => page.keyboard.press('Enter')),
      start(other).dblclick(),
    ])
    await expect(page).toHaveURL(/\/studies\/[0-9a-f-]{36}(\?|$)/)
    await expect(other).toHaveURL(/\/studies\/[0-9a-f-]{36}(\?|$)/)
    expect(other.url().slice(-36)).toBe(page.url().slice(-36))
  })

  const { studies } = await (await page.request.get('/api/studies')).json()
  const mine = studies.filter((study: { title: string }) => study.title === title)
  expect(mine).toHaveLength(1)
  await expect
    .poll(async () => (await (await page.request.get(`/api/studies/${mine[0].id}`)).json()).progress, {
      timeout: 120_000,
    })
    .toMatchObject({ status: 'finished', counts: { cells: 2, done: 2, queued: 0 } })
})

test('a draft changed in two tabs is not overwritten: one of them gives way, and says so', async ({
  page,
  context,
}) => {
  const title = (tab: Page) => tab.getByRole('textbox', { name: 'Title' })
  const torn = (tab: Page) => tab.getByRole('alert').filter({ hasText: 'changed in another tab' })
  await page.goto('/new')
  await title(page).fill('One draft')
  await isSaved(page)
  const other = await context.newPage()
  await other.goto(page.url())
  await expect(title(other)).toHaveValue('One draft')

  await title(page).fill('Changed here')
  await isSaved(page)
  await title(other).fill('Changed there')
  await expect(torn(other)).toBeVisible()

  await test.step('theirs is taken, and mine can still be had back', async () => {
    await other.getByRole('button', { name: 'Take theirs' }).click()
    await expect(title(other)).toHaveValue('Changed here')
    await expect(torn(other)).toBeHidden()
    await isSaved(other)
    await other.keyboard.press('Control+z')
    await expect(title(other)).toHaveValue('Changed there')
    await isSaved(other)
  })

  await test.step('mine is kept', async () => {
    await title(page).fill('The last word')
    await page.getByRole('button', { name: 'Keep mine' }).click()
    await isSaved(page)
    await other.reload()
    await expect(title(other)).toHaveValue('The last word')
  })
})

test('files dropped on any page become drafts, and broken or hostile ones one sentence', async ({ page }) => {
  const settings = JSON.stringify({
    text_prompts: { 0: ['<img src=x onerror=alert(1)> שלום 👩‍👩‍👧', 'fog:-0.5'] },
    steps: 12,
    eta: 0.3,
  })
  page.on('dialog', () => {
    throw new Error('Markup of a prompt was run.')
  })

  await test.step('on the library: a new draft', async () => {
    await page.goto('/')
    await expect(page.locator('main')).toBeVisible()
    await drop(page, 'mine_settings.txt', settings)
    await expect(page).toHaveURL(/\/edit$/)
    await expect(page.getByRole('textbox', { name: 'Prompt 1' })).toHaveValue(/^<img src=x .* 👩‍👩‍👧$/)
    await expect(page.getByRole('textbox', { name: 'Weight 2' })).toHaveValue('-0.5')
    await expect(page.getByRole('textbox', { name: /^steps( ?, changed)?$/ })).toHaveValue('12')
  })

  await test.step('on a draft: its recipe, while its axes stay; and it can be taken back', async () => {
    await addAxis(page, 'tv_scale 0, 100')
    await drop(page, 'other_settings.txt', JSON.stringify({ steps: 40, text_prompts: { 0: ['sea'] } }))
    await expect(page.getByRole('textbox', { name: 'Prompt 1' })).toHaveValue('sea')
    expect(await axisTexts(page)).toEqual(['tv_scale 0, 100'])
    await page.getByRole('button', { name: 'Undo' }).click()
    await expect(page.getByRole('textbox', { name: /^steps( ?, changed)?$/ })).toHaveValue('12')
  })

  await test.step('what is no study is said in a sentence, and changes nothing', async () => {
    await drop(page, 'holiday.jpg', '\xff\xd8\xff\0\0')
    await expect(page.getByRole('alert').filter({ hasText: 'holiday.jpg' })).toBeVisible()
    await drop(page, 'broken.json', '{"teststrip": 1, "title"')
    await expect(page.getByRole('alert').filter({ hasText: 'broken.json' })).toBeVisible()
    expect(await axisTexts(page)).toEqual(['tv_scale 0, 100'])
  })

  await test.step('ten thousand characters stay on the page and are refused in a sentence', async () => {
    await page.getByRole('textbox', { name: 'Prompt 1' }).fill('x'.repeat(10_000))
    await expect(page.getByText(/has a prompt of 10000 characters; at most 1000/).first()).toBeVisible()
    await expect(page.getByRole('textbox', { name: 'Prompt 1' })).toHaveValue('x'.repeat(10_000))
    await expect(page.getByRole('button', { name: /^Start/ })).toBeDisabled()
  })
})
